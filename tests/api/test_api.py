from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from spacy.tokens import Doc

import kg
from kg.errors import NoSuchEntity

NAMES = [
    "Claim", "ClaimView", "Document", "DocumentClaims", "Entity", "EntityView", "KgError", "KnowledgeGraph", "Mention",
    "Statement", "__version__", "build", "coreference", "extract", "load_language", "open",
]  # fmt: skip


def test_public_names() -> None:
    """Others rely on these: take one away only with a line in the change log."""
    assert kg.__all__ == NAMES
    assert all(getattr(kg, name) is not None for name in NAMES)
    with pytest.raises(AttributeError):
        _ = kg.nothing


@pytest.mark.parametrize("module", ["kg", "kg.cli"])
def test_import_is_light(module: str) -> None:
    heavy = "{'spacy', 'numpy', 'rdflib', 'networkx', 'onnxruntime', 'rich'}"
    code = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_open_and_look(built: Path) -> None:
    graph = kg.open(built)
    assert isinstance(graph, kg.KnowledgeGraph)
    view = graph.entity("Colonel Tavlen")
    assert view.name == view.names[0] == "Mira Tavlen"
    assert view.claims
    for claim in view.claims:
        assert "Mira Tavlen" in (claim.subject, claim.object)
        assert claim.sentence
        assert claim.document.source
    assert graph.query("ASK { ?x rdfs:label 'Mira Tavlen' }").boolean
    assert len(graph.to_networkx()) == len(graph.entities)
    assert len(graph.to_rdflib()) > len(graph.entities)


def test_a_wrong_name_is_met_with_near_ones(built: Path) -> None:
    with pytest.raises(NoSuchEntity, match=r"no entity") as caught:
        kg.open(built).entity("Mira Tavlan")
    assert "Mira Tavlen" in str(caught.value)


def test_notes_tell_why_a_claim_is_no_plain_fact(built: Path) -> None:
    graph = kg.open(built)
    views = [claim for entity in graph.entities for claim in graph.entity(entity.id).claims]
    assert {note.split()[0] for view in views for note in view.notes} >= {"denied"}
    assert all(bool(view.notes) or view.statement.plain for view in views)


def test_build_and_extract(news: Path, tmp_path: Path, newsroom: str) -> None:
    graph = kg.build(news, tmp_path / "out", model=newsroom)
    assert graph.entity("Joren Tavlek").documents == kg.open(tmp_path / "out").entity("Joren Tavlek").documents
    found = list(kg.extract([news], model=newsroom))
    assert [f.document.source for f in found] == ["news/a.txt", "news/b.txt", "news/c.txt"]


def test_a_refused_source_is_warned_of_or_handed_over(news: Path, newsroom: str) -> None:
    (news / "empty.txt").touch()
    with pytest.warns(UserWarning, match="KG202"):
        assert len(list(kg.extract(news, model=newsroom))) == 3
    told = list[kg.KgError]()
    list(kg.extract(news, model=newsroom, refused=told.append))
    assert [error.code for error in told] == ["KG202"]


def test_docs_know_their_claims(newsroom: str) -> None:
    doc = kg.load_language(newsroom)("Mira Olsten met Joren Tavlek.")
    assert [entity.name for entity in doc._.entities] == ["Mira Olsten", "Joren Tavlek"]
    assert doc._.claims is doc._.claims


def test_docs_that_know_their_claims_come_back_from_other_processes(newsroom: str) -> None:
    nlp = kg.load_language(newsroom)
    (doc,) = nlp.pipe(["Mira Olsten met Joren Tavlek."], n_process=2)
    assert [entity.name for entity in doc._.entities] == ["Mira Olsten", "Joren Tavlek"]
    back = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert back._.claims == doc._.claims

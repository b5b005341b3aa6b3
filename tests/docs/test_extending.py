"""The worked example of docs/extending.md runs from end to end, in processes of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

import kg
from kg.rdf.writer import to_rdflib
from tests import clauses

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "extending.md").read_text("utf-8")
INS = "https://example.org/insurance#"


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found, language
    return found[1]


TEXT = (
    "Gull Mutual insured Nordwind. Nordwind insured Helix Foods. Gull Mutual did not insure Brenna Docks. "
    "Lumen Bank underwrote Helix Foods."
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the example, and texts that a pipeline without a model can parse."""
    here = tmp_path_factory.mktemp("extending")
    (here / "insurance.ttl").write_text(block("turtle"), "utf-8")
    (here / "insurance.tsv").write_text(block("tsv"), "utf-8")
    (here / "example.txt").write_text(block("text"), "utf-8")
    (here / "news").mkdir()
    (here / "news" / "article.txt").write_text(TEXT, "utf-8")
    (here / "news" / "more.txt").write_text("Tarn Reinsurance reinsured Gull Mutual.", "utf-8")
    (here / "site").mkdir()
    clauses.install(here / "site")
    return here


def run(folder: Path, *arguments: str, model: str | None = clauses.NAME) -> str:
    reads = arguments[0] in ("build", "extract") and model is not None
    done = subprocess.run(
        [sys.executable, "-m", "kg.cli", *arguments, *(["--model", str(model)] if reads else [])], cwd=folder,
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{folder / 'site'}"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def said(line: str) -> set[tuple[str, str, str, str]]:
    found = json.loads(line)
    names = {e["id"]: e["name"] for e in found["entities"]}
    return {(names[c["s"]], c["p"], names[c["o"]], c["polarity"]) for c in found["claims"] if c["o"]}


def test_extract_finds_the_relations(folder: Path) -> None:
    arguments = ("extract", "news/article.txt")
    line = run(folder, *arguments, "--ontology", "insurance.ttl")
    found = said(line)
    assert found >= {
        ("Gull Mutual", INS + "insures", "Nordwind", "asserted"),
        ("Nordwind", INS + "insures", "Helix Foods", "asserted"),
        ("Gull Mutual", INS + "insures", "Brenna Docks", "negated"),
        ("Lumen Bank", INS + "underwriter", "Helix Foods", "asserted"),
    }
    assert "syntax:insurance:insure" in {c["extractor"] for c in json.loads(line)["claims"]}
    assert not [p for _, p, _, _ in said(run(folder, *arguments)) if p.startswith(INS)]


@pytest.mark.model
def test_the_packaged_model_reads_the_example(folder: Path) -> None:
    found = said(run(folder, "extract", "example.txt", "--ontology", "insurance.ttl", model=None))
    assert [p for _, p, _, _ in found if p == INS + "insures"]


def test_build_validate_and_read_again(folder: Path) -> None:
    arguments = ("build", "news", "-o", "output", "--ontology", "insurance.ttl", "--workers")
    run(folder, *arguments, "2")
    written = (folder / "output" / "graph.ttl").read_bytes()
    graph = rdflib.Graph().parse(data=written, format="turtle")
    label = {str(o): s for s, o in graph.subject_objects(rdflib.RDFS.label)}
    insures, underwriter = (rdflib.URIRef(INS + name) for name in ("insures", "underwriter"))
    invests, polarity, negated = (
        rdflib.URIRef(f"https://w3id.org/newskg/ontology#{name}") for name in ("invests", "polarity", "Negated")
    )
    assert (label["Gull Mutual"], insures, label["Nordwind"]) in graph
    assert (label["Tarn Reinsurance"], insures, label["Gull Mutual"]) in graph
    assert (label["Gull Mutual"], insures, label["Brenna Docks"]) not in graph
    assert len([s for s in graph.subjects(rdflib.RDF.predicate, insures) if (s, polarity, negated) in graph]) == 1
    assert (insures, rdflib.RDF.type, rdflib.OWL.ObjectProperty) in graph
    assert (insures, rdflib.RDFS.label, rdflib.Literal("insures")) in graph
    assert (underwriter, rdflib.RDFS.subPropertyOf, invests) in graph
    assert (label["Lumen Bank"], invests, label["Helix Foods"]) in graph, "what it narrows follows"
    again = kg.open(folder / "output")
    assert set(to_rdflib(again)) == set(graph), "the file says all there is to know of the relations"
    assert [own.label for own in again.own_relations] == ["insures", "underwriter of"]
    assert "as the shapes say" in run(folder, "validate", "-g", "output", "--ontology", "insurance.ttl")
    assert "Gull Mutual insures Nordwind" in run(folder, "show", "Gull Mutual", "-g", "output")
    run(folder, "build", "news", "-o", "output")
    assert INS not in (folder / "output" / "graph.ttl").read_text("utf-8"), "another build, other rules"
    run(folder, *arguments, "1")
    assert (folder / "output" / "graph.ttl").read_bytes() == written, "whatever the number of workers"


def test_a_wrong_end_is_found(folder: Path) -> None:
    """A graph of the extension, a stricter extension: what an organization insures is no organization any more."""
    if not (folder / "output").exists():
        run(folder, "build", "news", "-o", "output", "--ontology", "insurance.ttl")
    (folder / "strict.ttl").write_text(block("turtle").replace("rdfs:range kg:Thing", "rdfs:range kg:Place"), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "kg.cli", "validate", "-g", "output", "--ontology", "strict.ttl"], cwd=folder,
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == "“insures” leads from an organization to a place."
    assert "“Gull Mutual insured Nordwind.” news/article.txt" in done.stdout


def test_a_bad_row_is_named(folder: Path) -> None:
    (folder / "bad.ttl").write_text(block("turtle"), "utf-8")
    (folder / "bad.tsv").write_text(block("tsv").replace("0.9", "much"), "utf-8")
    command = [sys.executable, "-m", "kg.cli", "build", "news", "-o", "bad", "--ontology", "bad.ttl"]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{folder / 'site'}"}
    done = subprocess.run(
        [*command, "--model", clauses.NAME], cwd=folder, capture_output=True, text=True, env=environment
    )
    assert done.returncode == 2
    assert done.stderr.startswith("KG105 ")
    assert "bad.tsv: rule 'bad:insure'" in done.stderr
    assert "Traceback" not in done.stderr

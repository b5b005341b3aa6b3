"""Pipelines that are not there or do not serve, said with what to do."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
import spacy

from kg.errors import MissingModel, UnfitModel
from kg.language import loading
from kg.language.loading import load


def test_a_package_that_is_not_installed_is_named_with_the_command() -> None:
    if importlib.util.find_spec("en_core_web_trf"):
        pytest.skip("en_core_web_trf is installed here")
    with pytest.raises(MissingModel) as caught:
        load("en_core_web_trf")
    assert str(caught.value) == (
        "KG301 en_core_web_trf: this spaCy pipeline is not installed. Run: python -m spacy download en_core_web_trf"
    )


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MissingModel, match="no such folder"):
        load(str(tmp_path / "pipeline"))


def test_a_folder_that_is_no_pipeline(tmp_path: Path) -> None:
    with pytest.raises(MissingModel, match="spaCy cannot load it"):
        load(str(tmp_path))


def test_the_packaged_model_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "PACKAGED", tmp_path)
    with pytest.raises(MissingModel, match="the packaged model"):
        load()


@pytest.mark.parametrize(
    ("pipes", "named"), [([], "no components"), (["sentencizer"], "sentencizer"), (["entity_ruler"], "entity_ruler")]
)
def test_a_pipeline_without_parser_or_names_is_unfit(tmp_path: Path, pipes: list[str], named: str) -> None:
    nlp = spacy.blank("en")
    for pipe in pipes:
        nlp.add_pipe(pipe)
    nlp.to_disk(tmp_path / "pipeline")
    with pytest.raises(UnfitModel, match=f"it has {named}, but relations need"):
        load(str(tmp_path / "pipeline"))

"""Weights that are not the released ones are refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.errors import DamagedModel
from kg.language.loading import PACKAGED
from kg.language.rereading import FILE
from kg.language.weights import FILES, Weights


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The packaged folder, with the big files linked, not copied."""
    for file in (PACKAGED / "kg_encoder").iterdir():
        if file.suffix in (".onnx", ".npz"):
            (tmp_path / file.name).symlink_to(file)
        else:
            shutil.copy(file, tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(DamagedModel, match=f"{name} is missing"):
        Weights(copy)


@pytest.mark.parametrize("name", ["labels.json", "lemmas.tsv", "pieces.json"])
def test_one_changed_byte(copy: Path, name: str) -> None:
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    with pytest.raises(DamagedModel, match=f"{name} is not the released file"):
        Weights(copy)


def test_a_file_without_a_digest(copy: Path) -> None:
    (copy / "SHA256").write_text("", "utf-8")
    with pytest.raises(DamagedModel, match="is not the released file"):
        Weights(copy)


@pytest.fixture
def without(copy: Path) -> Path:
    """As packaged before the second look was trained: neither its file nor its digest."""
    (copy / FILE).unlink(missing_ok=True)
    lines = (copy / "SHA256").read_text("utf-8").splitlines()
    (copy / "SHA256").write_text("".join(f"{x}\n" for x in lines if not x.endswith(FILE)), "utf-8")
    return copy


@pytest.mark.model
def test_the_second_look_may_be_absent(without: Path) -> None:
    assert Weights(without).rereading is None


def test_a_second_look_without_a_digest(without: Path) -> None:
    (without / FILE).write_bytes(b"anything")
    with pytest.raises(DamagedModel, match=f"{FILE} is not the released file"):
        Weights(without)


def test_a_second_look_that_has_a_digest_but_is_not_there(without: Path) -> None:
    with (without / "SHA256").open("a", encoding="utf-8") as manifest:
        manifest.write(f"{'0' * 64}  {FILE}\n")
    with pytest.raises(DamagedModel, match=f"{FILE} is missing"):
        Weights(without)


@pytest.mark.model
def test_an_undamaged_copy_is_the_same_model(copy: Path) -> None:
    assert Weights(copy).fingerprint == Weights(PACKAGED / "kg_encoder").fingerprint

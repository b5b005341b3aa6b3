from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import NoSources
from kg.reading import ReadingFailure, discover, locate, read_sources
from kg.records import Document


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    (folder / "2015").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    for name in ("b.txt", "a.txt", "2015/c.txt", ".secret.txt", ".hidden/d.txt", "~$a.docx"):
        (folder / name).write_text(f"The council met in room {name}.")
    return folder


def names(sources: list[str | Path]) -> list[str]:
    return [source.name for source in locate(sources)]


def test_a_folder_is_searched_recursively_sorted_and_without_hidden_files(news: Path) -> None:
    assert names([news]) == ["news/2015/c.txt", "news/a.txt", "news/b.txt"]
    assert discover([news]) == [(news / part).resolve() for part in ("2015/c.txt", "a.txt", "b.txt")]


def test_names_do_not_depend_on_the_working_folder(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = names([news])
    monkeypatch.chdir(news.parent)
    assert names(["news"]) == names(["./news/"]) == expected
    monkeypatch.chdir(news)
    assert names(["."]) == names(["../news"]) == expected
    monkeypatch.chdir(news / "2015")
    assert names([".."]) == expected
    assert names(["../a.txt"]) == ["a.txt"]


def test_files_are_named_as_typed(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(news.parent)
    assert names(["news/2015/c.txt"]) == names(["./news/2015/c.txt"]) == ["news/2015/c.txt"]
    assert names([news / "a.txt"]) == ["news/a.txt"]


def test_globs(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(news.parent)
    assert names(["news/*.txt"]) == ["news/a.txt", "news/b.txt"]
    assert names(["news/**/c.*"]) == ["news/2015/c.txt"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("x")
    assert [Path(path).name for path in discover([tmp_path / "a[1].txt"])] == ["a[1].txt"]


def test_files_met_twice_are_read_once_in_any_order_of_arguments(news: Path) -> None:
    given: list[str | Path] = [news / "a.txt", news, str(news / "*.txt"), "-", news / "2015", "-"]
    assert len(names(given)) == 4
    assert names(given) == names(given[::-1])
    assert names(given)[-1] == "-"


def test_files_that_would_share_a_name_get_longer_ones(tmp_path: Path) -> None:
    for parent in ("x", "y"):
        (tmp_path / parent / "news").mkdir(parents=True)
        (tmp_path / parent / "news" / "a.txt").write_text("x")
    assert names([tmp_path / "x" / "news", tmp_path / "y" / "news"]) == ["x/news/a.txt", "y/news/a.txt"]


@pytest.mark.parametrize("missing", ["nowhere.txt", "nowhere/", "*.nothing", "", "https://example.org/a.html", "a\0b"])
def test_a_source_that_does_not_exist_is_wrong_use_at_once(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoSources) as caught:
        read_sources([missing])
    assert caught.value.remedy


def test_no_argument_and_an_empty_folder_are_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(NoSources):
        discover([])
    with pytest.raises(NoSources, match="no files"):
        discover([tmp_path])


def test_links_in_a_circle_and_dangling_ones(news: Path) -> None:
    (news / "loop").symlink_to(news)
    (news / "gone.txt").symlink_to(news / "nowhere")
    (news / "again.txt").symlink_to(news / "a.txt")
    assert names([news]) == ["news/2015/c.txt", "news/a.txt", "news/b.txt", "news/gone.txt"]
    failures = [item for item in read_sources([news]) if isinstance(item, ReadingFailure)]
    assert [failure.source for failure in failures] == ["news/gone.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_in_a_folder_is_passed_over(news: Path) -> None:
    os.mkfifo(news / "pipe")
    assert len(names([news])) == 3


def test_reading_is_lazy(news: Path) -> None:
    reading = read_sources([news])
    first = next(reading)
    (news / "a.txt").write_text("The council met elsewhere.")
    second = next(reading)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert second.text == "The council met elsewhere."

from __future__ import annotations

import codecs

import pytest

from kg.reading.encodings import decode, decode_markup, guess

TEXT = "The café of Zoë Müller in Exton was “closed” – she said £5 was too much for it. " * 4


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_survives_its_encoding(codec: str) -> None:
    assert decode(TEXT.encode(codec)).removeprefix("\ufeff") == TEXT


def test_big_endian_mark() -> None:
    assert decode(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")) == TEXT


def test_latin_1() -> None:
    text = "Señor Peña left São Tomé for Zürich."
    assert decode(text.encode("latin-1")) == text


def test_bytes_that_windows_1252_leaves_open() -> None:
    assert decode(b"caf\xe9 \x81 closed, the man said") == "café \x81 closed, the man said"


def test_russian_in_its_old_code_page() -> None:
    text = "Мэр города сообщил, что проверка завершена и деньги найдены. " * 10
    assert decode(text.encode("cp1251")) == text


def test_a_damaged_spot_does_not_change_the_encoding_of_the_rest() -> None:
    data = ("„Größe“ über älteren Häusern " * 20).encode() + b"\xff end"
    assert decode(data).startswith("„Größe“ über")
    assert decode(data).endswith("\ufffd end")


def test_a_first_accent_far_down_counts() -> None:
    assert decode(b"plain text " * 10_000 + b"caf\xe9").endswith("café")


def test_a_sample_may_end_within_a_character() -> None:
    assert guess("é".encode()[:1], complete=False) == "utf-8"


@pytest.mark.parametrize(
    ("charset", "codec"), [("koi8-r", "koi8-r"), ("windows-1251", "cp1251"), ("Shift_JIS", "shift_jis")]
)
def test_markup_says_its_character_set(charset: str, codec: str) -> None:
    word = "東京" if codec == "shift_jis" else "Москва"
    page = f'<meta charset="{charset}"><p>{word}</p>'
    assert word in decode_markup(page.encode(codec))


@pytest.mark.parametrize("charset", ["punycode", "rot13", "nonsense", "utf-7", "hex"])
def test_a_strange_character_set_is_not_obeyed(charset: str) -> None:
    assert "café" in decode_markup(f"<meta charset={charset}><p>café".encode("cp1252"))


def test_a_page_that_lies_about_being_latin_1_is_read_as_utf_8() -> None:
    assert "café" in decode_markup('<meta charset="iso-8859-1"><p>café'.encode())

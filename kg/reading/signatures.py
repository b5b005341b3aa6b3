"""Binary formats told by their first bytes, so that a picture named ``.txt`` is refused as what it is.

Signatures are those of the formats' own specifications.
"""

from __future__ import annotations

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (0, b"II*\0", "a TIFF image"),
    (0, b"MM\0*", "a TIFF image"),
    (0, b"\0\0\1\0", "an icon"),
    (8, b"WEBP", "a WebP image"),
    (8, b"WAVE", "a WAV recording"),
    (8, b"AVI ", "an AVI film"),
    (4, b"ftyp", "an MP4 film, or a HEIC image"),
    (0, b"\x1aE\xdf\xa3", "a Matroska film"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"\xfd7zXZ\0", "an xz archive"),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\x7fELF", "a program"),
    (0, b"\xca\xfe\xba\xbe", "a program"),
    (0, b"\xcf\xfa\xed\xfe", "a program"),
    (0, b"\0asm", "a program"),
    (0, b"SQLite format 3\0", "an SQLite database"),
)

# Plain text may begin with these letters, so they count only where a NUL follows.
_LETTERS: tuple[tuple[bytes, str], ...] = (
    (b"BM", "a BMP image"),
    (b"MZ", "a Windows program"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"BZh", "a bzip2 archive"),
    (b"PAR1", "a Parquet file"),
    (b"wOFF", "a font"),
    (b"OTTO", "a font"),
)

_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b") - {0})


def binary_kind(head: bytes) -> str | None:
    """``"a JPEG image"``, ``"binary data"`` ... for the first bytes of a file, ``None`` for text.

    PDF, ZIP, gzip and the old Office container are not judged here. UTF-16 must be ruled out before.
    """
    for offset, magic, name in _SIGNATURES:
        if head[offset : offset + len(magic)] == magic:
            return name
    if b"\0" in head[:512]:
        for magic, name in _LETTERS:
            if head.startswith(magic):
                return name
    return "binary data" if _mostly_controls(head) else None


def _mostly_controls(head: bytes) -> bool:
    """Whether NULs or other control characters are too many for a text that merely has some in it."""
    if not head:
        return False
    controls = len(head) - len(head.translate(None, _CONTROL))
    return head.count(0) > 0.3 * len(head) or controls > max(4, 0.05 * len(head))

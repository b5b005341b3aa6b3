"""Names of nodes: how the ids of records become IRIs, and back.

Entities, documents, statements and claims live under the base IRI; sentences and mentions are fragments of their
document (RFC 5147, ``#char=start,end``), so that the IRI alone says which words are meant.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

import pyoxigraph as ox

from kg.errors import UsageError
from kg.ontology.vocabulary import KG, OPEN, RELATIONS
from kg.records import Claim, Span, claim_order

BASE = "https://w3id.org/newskg/id/"
"""Where nodes live unless told otherwise."""

OPEN_MARK = "open:"

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_FRAGMENT = re.compile(r"/document/([^/#]+)(?:/([^/#]+))?#char=(\d+),(\d+)$")


@dataclass(frozen=True, slots=True)
class Iris:
    """IRIs under one base. Raises `UsageError` for a base that is no absolute IRI; a missing final slash is added."""

    base: str = BASE

    def __post_init__(self) -> None:
        if not self.base.endswith(("/", "#")):
            object.__setattr__(self, "base", self.base + "/")
        try:
            ox.NamedNode(self.base)
        except ValueError as error:
            raise UsageError(
                f"not an absolute IRI ({error})",
                where=f"--base {self.base}",
                remedy="Give one like https://example.org/id/",
            ) from error

    def entity(self, id: str) -> str:
        """``<base>entity/<id>``."""
        return f"{self.base}entity/{quote(id, safe='')}"

    def document(self, id: str) -> str:
        """``<base>document/<id>``."""
        return f"{self.base}document/{quote(id, safe='')}"

    def statement(self, id: str) -> str:
        """``<base>statement/<id>``."""
        return f"{self.base}statement/{quote(id, safe='')}"

    def claim(self, statement: str, document: str, claim: Claim) -> str:
        """``<base>claim/<16 hex digits>``: a hash of all that it says, the same in every build."""
        said = repr((statement, claim_order((document, claim))))
        return f"{self.base}claim/{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"

    def evidence(self, document: str, start: int, end: int) -> str:
        """``<base>document/<id>#char=start,end``."""
        return f"{self.document(document)}#char={start},{end}"

    def mention(self, document: str, cluster: str, span: Span) -> str:
        """``<base>document/<id>/<cluster>#char=start,end``: the same words may stand for two entities."""
        return f"{self.document(document)}/{quote(cluster, safe='')}#char={span.start},{span.end}"


def last(iri: str) -> str:
    """The id that an entity's, document's, statement's or claim's IRI ends in."""
    return unquote(iri.rsplit("/", 1)[-1])


def place(iri: str) -> tuple[str, str | None, Span]:
    """Document, cluster (None for a sentence) and span of an evidence's or mention's IRI; ValueError for any other."""
    found = _FRAGMENT.search(iri)
    if found is None:
        raise ValueError(f"no place in a document: {iri}")
    document, cluster, start, end = found.groups()
    return unquote(document), cluster and unquote(cluster), Span(int(start), int(end))


def relation(name: str) -> str:
    """IRI of a relation: of the vocabulary, open (``open:<lemma phrase>``), or a user's own, which is named by its IRI.

    ValueError for any other name.
    """
    if "://" in name and not name.startswith(OPEN_MARK):
        return name
    if name in RELATIONS:
        return KG + name
    if name.startswith(OPEN_MARK):
        return OPEN + open_name(name.removeprefix(OPEN_MARK))
    raise ValueError(f"neither a relation of the vocabulary nor an open one: {name!r}")


def open_name(phrase: str) -> str:
    """A local name for a lemma phrase: ``pay tribute to`` -> ``payTributeTo``; no two phrases share one.

    A phrase of anything but lower-case ASCII words gets what is left of them and eight digits of its hash.
    """
    words = phrase.split(" ")
    if all(_WORD.fullmatch(word) for word in words):
        return _camel(words)
    digest = hashlib.sha256(phrase.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{_camel(re.findall('[a-z]+', phrase.lower())[:8])}_{digest}"


def _camel(words: list[str]) -> str:
    return "".join(word if n == 0 else word[0].upper() + word[1:] for n, word in enumerate(words))

"""One document to its claims, with the language pipeline that a process loads once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING

from kg.building.parts import joined, joined_clusters, parts
from kg.errors import ExtractionFailed, KgError
from kg.records import Clusters, Document, DocumentClaims

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: its claims, or the error; and the seconds that parsing and extraction took.

    ``coreference`` holds every noun phrase and pronoun in clusters where the extractor was asked for them.
    """

    document: Document
    claims: DocumentClaims | None = None
    error: KgError | None = None
    parsing: float = 0.0
    extraction: float = 0.0
    coreference: Clusters = ()


@dataclass
class Extractor:
    """``model`` as in `kg.language.load`; loaded when the first document comes."""

    model: str | None = None
    coreference: bool = False

    @cached_property
    def nlp(self) -> Language:
        """The pipeline. Raises `ModelError`."""
        from kg.language import load

        return load(self.model, keep=True)

    def __call__(self, document: Document) -> Outcome:
        """Never raises for the sake of one document, only `ModelError`."""
        from kg.extraction.document import extract, weights_of
        from kg.extraction.phrase_clusters import coreference

        nlp = self.nlp
        parsing = extraction = 0.0
        found = []
        clusters: list[tuple[int, Clusters]] = []
        try:
            for offset, part in parts(document):
                begun = perf_counter()
                doc = nlp(part.text)
                parsed = perf_counter()
                found.append((offset, extract(doc, part, weights_of(nlp))))
                parsing += parsed - begun
                if self.coreference:
                    clusters.append((offset, coreference(doc, weights_of(nlp))))
                extraction += perf_counter() - parsed
            return Outcome(document, joined(document, found), None, parsing, extraction, joined_clusters(clusters))
        except Exception as error:  # one document must never stop a build; it is reported by name
            return Outcome(document, None, failed(document, error), parsing, extraction)


def failed(document: Document, error: BaseException) -> KgError:
    """The error that tells of it."""
    if isinstance(error, KgError):
        return error
    told = " ".join(str(error).split())[:200]
    return ExtractionFailed(
        f"could not be extracted ({type(error).__name__}{': ' if told else ''}{told})",
        where=document.source,
        remedy="The rest was built; please report this document.",
    )

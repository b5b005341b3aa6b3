"""Every error a user can meet, coded, in one tree.

KgError                     anything of ours; has .code, .where, .remedy
├── UsageError              KG1xx  wrong use of a command or function            (exit code 2)
│   ├── NoSources           KG101  no such file, folder or glob
│   ├── UnknownFormat       KG102  an output format we do not write
│   ├── NoSuchEntity        KG103  no entity of that name in the graph
│   ├── QuerySyntax         KG104  the SPARQL does not parse
│   ├── BadOntology         KG105  an extension of the vocabulary, or its table of rules, cannot be used
│   └── BadShapes           KG106  SHACL shapes that cannot be run
├── DataError               KG2xx  something is wrong with the data              (exit code 1)
│   ├── UnreadableSource    KG201  one source cannot be read; the others are
│   ├── EmptySource         KG202  nothing to read in it
│   ├── NoGraph             KG203  the folder holds no build
│   ├── BrokenGraph         KG204  graph.ttl or the build's state is damaged
│   └── ExtractionFailed    KG205  one document cannot be extracted; the others are
├── ModelError              KG3xx  the language pipeline                         (exit code 2)
│   ├── MissingModel        KG301  that spaCy pipeline is not installed
│   ├── UnfitModel          KG302  it has no parser or no entities
│   └── DamagedModel        KG303  the packaged weights do not match their hash
└── OutputError             KG4xx  the result cannot be written (disk full, no right)  (exit code 1)
"""

from __future__ import annotations


class KgError(Exception):
    """What was wrong, where, and what to do: ``KG201 page.pdf: not a PDF after all. Open it and save it again.``"""

    code = "KG000"
    exit_code = 1

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(what)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{self.code} {place}{self.what.rstrip('.')}.{remedy}"

    def __reduce__(self) -> tuple[object, ...]:  # errors cross process borders in parallel builds
        return (_revive, (type(self), self.what, self.where, self.remedy))


def _revive(kind: type[KgError], what: str, where: str | None, remedy: str | None) -> KgError:
    return kind(what, where=where, remedy=remedy)


class UsageError(KgError):
    code, exit_code = "KG100", 2


class NoSources(UsageError):
    code = "KG101"


class UnknownFormat(UsageError):
    code = "KG102"


class NoSuchEntity(UsageError):
    code = "KG103"
    exit_code = 1


class QuerySyntax(UsageError):
    code = "KG104"


class BadOntology(UsageError):
    code = "KG105"


class BadShapes(UsageError):
    code = "KG106"


class DataError(KgError):
    code, exit_code = "KG200", 1


class UnreadableSource(DataError):
    code = "KG201"


class EmptySource(UnreadableSource):
    code = "KG202"


class NoGraph(DataError):
    code = "KG203"


class BrokenGraph(DataError):
    code = "KG204"


class ExtractionFailed(DataError):
    code = "KG205"


class ModelError(KgError):
    code, exit_code = "KG300", 2


class MissingModel(ModelError):
    code = "KG301"


class UnfitModel(ModelError):
    code = "KG302"


class DamagedModel(ModelError):
    code = "KG303"


class OutputError(KgError):
    code, exit_code = "KG400", 1

"""From a folder of news to a knowledge graph you can check: every fact with its sentence.

import kg
graph = kg.build(["seeds"], output="output")
graph.entity("…").claims

Nothing is imported until it is asked for, so that ``import kg`` takes no time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph, build, coreference, extract, load_language, open
    from kg.errors import KgError
    from kg.records import Claim, Document, DocumentClaims, Entity, Mention, Statement
    from kg.views import ClaimView, EntityView

    __version__: str

__all__ = [
    "Claim",
    "ClaimView",
    "Document",
    "DocumentClaims",
    "Entity",
    "EntityView",
    "KgError",
    "KnowledgeGraph",
    "Mention",
    "Statement",
    "__version__",
    "build",
    "coreference",
    "extract",
    "load_language",
    "open",
]

_HOMES = {
    "kg.api": ("KnowledgeGraph", "build", "coreference", "extract", "load_language", "open"),
    "kg.errors": ("KgError",),
    "kg.records": ("Claim", "Document", "DocumentClaims", "Entity", "Mention", "Statement"),
    "kg.views": ("ClaimView", "EntityView"),
}


def __getattr__(name: str) -> Any:
    from importlib import import_module, metadata

    if name == "__version__":
        return metadata.version("newskg")
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

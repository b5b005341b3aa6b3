"""``graph.html``: the graph as one page to explore in a browser, without a server and without the network.

The page carries its data as JSON, its style and its script; a content security policy lets nothing else run or load,
so that no text of a source can ever act as code.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from importlib.resources import files
from pathlib import Path

from kg.exports.appearance import COLOURS, OTHER, size_of
from kg.exports.files import atomic, readable
from kg.exports.wording import marks, relation_words
from kg.graph import KnowledgeGraph
from kg.network import Picture, picture_of
from kg.records import Claim, Statement

DRAWN = 1_500
"""So many entities are drawn at most, the most central ones; the list holds all."""
SCRIPTS = ("data.js", "canvas.js", "panel.js", "list.js", "start.js")

# what could end the element that carries the data, or start another; U+2028 and U+2029 fall to ensure_ascii
_IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def write_html(graph: KnowledgeGraph, path: Path, picture: Picture | None = None) -> None:
    """Write the explorer page to ``path``. Raises `OutputError`."""
    with atomic(path) as stream:
        stream.write(render_html(graph, picture))


def render_html(graph: KnowledgeGraph, picture: Picture | None = None, title: str = "Knowledge graph") -> str:
    """The explorer page, complete; the same graph gives the same text."""
    style = _asset("style.css")
    script = '(() => {\n"use strict";\n' + "".join(_asset(name) for name in SCRIPTS) + "})();\n"
    data = json.dumps(_data(graph, picture or picture_of(graph)), ensure_ascii=True, separators=(",", ":"))
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    parts = {
        "policy": policy,
        "title": html.escape(readable(title)),
        "style": style,
        "data": data.translate(_IN_SCRIPT),
        "script": script,
    }
    # one pass, so that a name that looks like a place in the page stays a name
    return re.sub(r"@(policy|title|style|data|script)@", lambda match: parts[match[1]], _asset("page.html"))


def _asset(name: str) -> str:
    return files("kg.exports").joinpath("explorer", name).read_text(encoding="utf-8")


def _hash(inline: str) -> str:
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _data(graph: KnowledgeGraph, picture: Picture) -> dict[str, object]:
    """The graph with positions in lists instead of ids, and every sentence once."""
    measures = picture.measures
    entities = sorted(graph.entities, key=lambda e: (-measures.pagerank[e.id], e.id))
    number = {e.id: i for i, e in enumerate(entities)}
    documents = {d.id: i for i, d in enumerate(graph.documents)}
    sentences: dict[tuple[int, str, tuple[tuple[int, int], ...]], int] = {}

    def sentence(document: str, claim: Claim) -> int:
        evidence = claim.evidence
        words = sorted((w.start - evidence.start, w.end - evidence.start) for w in evidence.words)
        inside = tuple((a, b) for a, b in words if 0 <= a < b <= len(evidence.text))
        return sentences.setdefault((documents.get(document, -1), readable(evidence.text), inside), len(sentences))

    def pack(s: Statement) -> dict[str, object]:
        evidence = dict.fromkeys(sentence(document, claim) for document, claim in s.claims)
        return {
            "s": number[s.subject],
            "words": readable(relation_words(s.relation)),
            "o": None if s.object is None else number[s.object],
            "value": readable(s.value.lexical) if s.value else None,
            "marks": marks(s),
            "by": None if s.attribution is None else number[s.attribution],
            "start": readable(s.time.start or ""),
            "end": readable(s.time.end or ""),
            "confidence": s.confidence,
            "documents": s.documents,
            "evidence": list(evidence),
        }

    ordered = sorted(graph.statements, key=lambda s: (not s.plain, -s.documents, -s.confidence, s.relation, s.id))
    packed = [pack(s) for s in ordered]
    highest = max(measures.pagerank.values(), default=1.0)
    return {
        "limit": DRAWN,
        "colours": dict(COLOURS),
        "other": OTHER,
        "documents": [
            {
                "title": readable(d.title or ""),
                "source": readable(d.source),
                "date": d.published.isoformat() if d.published else "",
            }
            for d in graph.documents
        ],
        "sentences": list(sentences),
        "entities": [
            {
                "id": readable(e.id),
                "name": readable(e.name),
                "type": readable(e.type),
                "subtype": readable(e.subtype or ""),
                "names": [readable(name) for name in sorted({*e.names} - {e.name})],
                "mentions": len(e.mentions),
                "documents": e.documents,
                "pagerank": measures.pagerank[e.id],
                "community": measures.community[e.id],
                "size": round(size_of(measures.pagerank[e.id], highest), 2),
                "x": picture.positions[e.id][0],
                "y": picture.positions[e.id][1],
            }
            for e in entities
        ],
        "statements": packed,
    }

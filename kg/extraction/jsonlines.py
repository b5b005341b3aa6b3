"""The claims of a document as one line of JSON, for pipes and scorers: what ``kg extract`` prints."""

from __future__ import annotations

import json
from typing import Any

from kg.records import Claim, Clusters, DocumentClaims, DocumentEntity, Mention, Reference


def json_line(found: DocumentClaims, coreference: Clusters | None = None) -> str:
    """One object without line ends. Offsets are character offsets into the document's text as read.

    With ``coreference`` it has a key of that name: a list of clusters, each a list of phrases.
    """
    document = found.document
    said: dict[str, Any] = {
        "doc": document.source,
        "title": document.title,
        "date": document.published.isoformat() if document.published else None,
        "entities": [_entity(e) for e in found.entities],
        "claims": [_claim(c) for c in found.claims],
    }
    if coreference is not None:
        said["coreference"] = [[_place(reference) for reference in cluster] for cluster in coreference]
    return json.dumps(said, ensure_ascii=False)


def _place(m: Mention | Reference) -> dict[str, Any]:
    return {"start": m.start, "end": m.end, "text": m.text, "kind": m.kind}


def _entity(e: DocumentEntity) -> dict[str, Any]:
    return {
        "id": e.id,
        "name": e.name,
        "aliases": list(e.aliases),
        "type": e.type,
        "subtype": e.subtype,
        "mentions": [_place(m) for m in e.mentions],
    }


def _claim(c: Claim) -> dict[str, Any]:
    value = c.value and {"lexical": c.value.lexical, "datatype": c.value.datatype, "text": c.value.text}
    contested = {"contested": True} if c.contested else {}
    return {
        "s": c.subject,
        "p": c.relation,
        "o": c.object,
        "value": value,
        "polarity": c.polarity,
        "modality": c.modality,
        "by": c.attribution,
        **contested,
        "start": c.time.start,
        "end": c.time.end,
        "confidence": c.confidence,
        "extractor": c.extractor,
        "evidence": {"start": c.evidence.start, "end": c.evidence.end, "text": c.evidence.text},
    }

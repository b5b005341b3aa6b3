"""What holds between statements and plain triples: the shapes that SHACL can only put as SPARQL.

The queries use no prefixes, so that they stand alone in the shapes; ``$this`` is the node that is checked. OPTIONAL
with an unbound test in place of a NOT EXISTS of several triples: Oxigraph would answer that anew for every node.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.ontology.source import KG, RDF, RDFS

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TOLD = f"""<{KG}polarity> <{KG}Asserted> ; <{KG}modality> <{KG}Fact>"""
_TRIPLE = f"""<{RDF}subject> ?subject ; <{RDF}predicate> ?predicate ; <{RDF}object> ?value"""


@dataclass(frozen=True, slots=True)
class Constraint:
    """A SPARQL constraint on the nodes of a class: every row of ``select`` is a breach, told by ``message``."""

    name: str
    target: str
    message: str
    select: str


CONSTRAINTS = (
    Constraint(
        "fact-has-triple",
        "Statement",
        "A statement of fact that nobody contests has its plain triple.",
        f"""
SELECT $this ?value WHERE {{
  $this {_TOLD} ; {_TRIPLE} .
  FILTER NOT EXISTS {{ $this <{KG}contested> true }}
  FILTER NOT EXISTS {{ ?subject ?predicate ?value }}
}}""",
    ),
    Constraint(
        "triple-has-fact",
        "Thing",
        "A plain triple stands for a statement of fact: nothing denied, possible, planned or merely claimed has one.",
        f"""
SELECT $this ?path ?value WHERE {{
  $this ?path ?value .
  FILTER(?path NOT IN (<{RDF}type>, <{RDFS}label>, <{_SKOS}altLabel>, <{KG}mentions>, <{KG}documents>))
  OPTIONAL {{
    ?statement <{RDF}subject> $this ; <{RDF}object> ?value ; <{RDF}predicate> ?stated ; {_TOLD} .
    FILTER NOT EXISTS {{ ?statement <{KG}contested> true }}
    ?stated <{RDFS}subPropertyOf>? ?path .
  }}
  FILTER(!BOUND(?statement))
}}""",
    ),
)
"""A relation that entails a wider one has the plain triple of both (``rdfs:subPropertyOf``)."""

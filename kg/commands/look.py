"""``kg show``, ``kg explain`` and ``kg path``: entities and facts with the sentences behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.terminal import OUTPUT, GraphFolder, opened, out, say

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.records import Entity, Statement


def show(
    name: Annotated[str, typer.Argument(help="A name, part of one, or an id.")],
    graph: GraphFolder = OUTPUT,
    limit: Annotated[int, typer.Option(min=1, help="So many statements at most.")] = 50,
) -> None:
    """Show an entity: its names, its type, its relations, each with its sentence.

    Example: kg show "Harbour Authority"
    """
    from rich.text import Text

    from kg.commands.quotations import headline, sentence, source
    from kg.exports.files import readable
    from kg.views import EntityView, claims_of, clusters

    found = opened(graph)
    view = EntityView(_one(found, name), found)
    console = out()
    console.print(Text(readable(view.name), "bold"), Text(f"({view.subtype or view.type})"))
    if len(view.names) > 1:
        console.print(Text(f"also: {readable(' | '.join(view.names[1:]))}"))
    console.print(Text(f"{len(view.mentions)} mentions in {len(view.documents)} documents, id {view.id}"))
    speakers = clusters(found)
    for statement in view.statements[:limit]:
        console.print()
        console.print(headline(found, statement))
        for claim in claims_of(found, statement, speakers)[:1]:
            console.print("  ", sentence(claim), sep="")
            console.print(Text(f"  {source(claim)}", "dim"))
    if len(view.statements) > limit:
        say(f"{len(view.statements) - limit} more statements; see them with --limit")


def explain(
    subject: Annotated[str, typer.Argument(help="An entity.")],
    relation: Annotated[str | None, typer.Argument(help="A relation, such as commands; may be left out.")] = None,
    goal: Annotated[str | None, typer.Argument(metavar="[OBJECT]", help="The other entity, or a value.")] = None,
    graph: GraphFolder = OUTPUT,
) -> None:
    """Show all sentences behind a fact, with document, date and confidence, and why it is marked.

    On a terminal subject, relation and object are coloured; elsewhere they stand as [subject], *relation*, [object].

    Example: kg explain "Mira Olsten" leads "Harbour Authority"

    Example: kg explain "Mira Olsten" "Harbour Authority"
    """
    from rich.text import Text

    from kg.commands.quotations import ending, headline, reasons, sentence, source
    from kg.errors import NoSuchEntity
    from kg.views import by_support, claims_of, clusters

    found = opened(graph)
    one = _one(found, subject)
    held = found.statements_of.get(one.id, ())
    if relation is not None:
        named = [s for s in held if _same_relation(s.relation, relation)]
        if goal is None and not named and not _is_relation(found, relation):
            goal = relation
        else:
            held = tuple(named)
    if goal is not None:
        held = _with_goal(found, held, one, goal)
    if not held:
        told = " ".join(filter(None, (subject, relation, goal if goal != relation else None)))
        raise NoSuchEntity("nothing in the graph states this", where=told, remedy=f'See `kg show "{one.name}"`.')
    console = out()
    speakers = clusters(found)
    for number, statement in enumerate(sorted(held, key=by_support)):
        if number:
            console.print()
        console.print(headline(found, statement))
        for claim in claims_of(found, statement, speakers):
            console.print("  ", sentence(claim, marked=not console.is_terminal), sep="")
            console.print(Text(f"  {source(claim)}; found by {claim.claim.extractor}", "dim"))
            why = reasons(claim)
            if why:
                console.print(Text(f"  {why}", "dim"))
        over = ending(found, statement)
        if over:
            console.print(Text(f"  {over[0]} “{over[1]}”", "dim"))


def path(
    a: Annotated[str, typer.Argument(help="An entity.")],
    b: Annotated[str, typer.Argument(help="Another entity.")],
    graph: GraphFolder = OUTPUT,
    limit: Annotated[int, typer.Option(min=1, help="So many ways at most.")] = 3,
    every: Annotated[
        bool, typer.Option("--all", help="Also through what is denied, planned, possible or claimed.")
    ] = False,
) -> None:
    """Show how two entities are connected, each hop with its sentence.

    Example: kg path "Mira Olsten" "Harbour Authority"
    """
    from rich.text import Text

    from kg.commands.quotations import headline, sentence, source
    from kg.network import connections
    from kg.views import claims_of, clusters

    found = opened(graph)
    first, last = _one(found, a), _one(found, b)
    ways = connections(found, first.id, last.id, limit, plain_only=not every)
    if not ways:
        say(f"nothing connects {first.name} and {last.name}" + ("" if every else "; try --all"))
        raise typer.Exit(1)
    console = out()
    speakers = clusters(found)
    for number, way in enumerate(ways):
        if number:
            console.print()
        console.print(Text(" – ".join(found.entity_by_id[id].name for id in way.entities), "bold"))
        for hop in way.hops:
            console.print("  ", headline(found, hop[0]), sep="")
            for claim in claims_of(found, hop[0], speakers)[:1]:
                console.print("    ", sentence(claim), sep="")
                console.print(Text(f"    {source(claim)}", "dim"))


def _one(graph: KnowledgeGraph, name: str) -> Entity:
    from kg.views import find_all

    found = find_all(graph, name)
    if len(found) > 1:
        others = ", ".join(f"{e.name} ({e.type}, {e.id})" for e in found[1:4])
        say(f"{name}: {found[0].name} ({found[0].type}) is shown; there is also {others}")
    return found[0]


def _same_relation(relation: str, asked: str) -> bool:
    from kg.exports.wording import relation_words

    plain = asked.casefold().strip()
    return plain in (relation.casefold(), relation_words(relation).casefold())


def _is_relation(graph: KnowledgeGraph, asked: str) -> bool:
    from kg.ontology.vocabulary import RELATIONS

    names = {*RELATIONS, *(s.relation for s in graph.statements)}
    return any(_same_relation(name, asked) for name in names)


def _with_goal(graph: KnowledgeGraph, held: tuple[Statement, ...], one: Entity, goal: str) -> tuple[Statement, ...]:
    values = tuple(s for s in held if s.value is not None and goal in (s.value.lexical, s.value.text))
    if values:
        return values
    other = _one(graph, goal)
    return tuple(s for s in held if s.object is not None and {s.subject, s.object} == {one.id, other.id})

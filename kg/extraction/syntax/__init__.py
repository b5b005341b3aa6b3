"""Relations from dependency syntax, by rules that stand in a table."""

from kg.extraction.syntax.find import find_relations

__all__ = ["find_relations"]

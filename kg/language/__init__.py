"""The language pipeline: the packaged one, or any spaCy pipeline with a parser and entities."""

from kg.language.loading import load

__all__ = ["load"]

"""Documents brought together: which of their entities are one thing in the world, and what they say of it together."""

from kg.resolution.resolve import resolve

__all__ = ["resolve"]

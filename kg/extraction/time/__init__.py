"""When: time expressions of a document, resolved against its date, and which of them a predicate bears."""

from kg.extraction.time.attach import time_of
from kg.extraction.time.expressions import TimeExpression, find_times

__all__ = ["TimeExpression", "find_times", "time_of"]

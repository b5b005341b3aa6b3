"""Sources in, documents out: files, folders, globs and standard input become `kg.records.Document`s.

read_sources(["news"])   documents, and a `ReadingFailure` for each source that is refused
discover(["news"])       the files that would be read
locate(["news"])         the same with the names their documents bear
read_source(source)      the documents of one of these
"""

from kg.reading.reader import ReadingFailure, read_source, read_sources
from kg.reading.sources import Source, discover, locate

__all__ = ["ReadingFailure", "Source", "discover", "locate", "read_source", "read_sources"]

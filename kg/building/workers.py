"""Documents through extraction, in one process or several; results come in the order of the documents.

Each document is handed out alone, and what it gives never depends on the others, so the number of workers cannot
change a result. At most two documents a worker are in flight, so memory is bounded however many there are.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache

from kg.building.extractor import Extractor, Outcome, failed
from kg.building.threads import one_thread
from kg.records import Document

IN_FLIGHT = 2


def default_workers() -> int:
    """Processors at hand, at most four: beyond that reading cannot keep them busy."""
    try:
        return min(4, len(os.sched_getaffinity(0)))
    except AttributeError:  # not on macOS and Windows
        return min(4, os.cpu_count() or 1)


def outcomes(documents: Iterable[Document], extractor: Extractor, workers: int = 1) -> Iterator[Outcome]:
    """One outcome a document, in their order. Raises `ModelError` where the pipeline cannot be loaded."""
    if workers <= 1:
        yield from map(extractor, documents)
        return
    stream = iter(documents)
    while True:
        lost = yield from _through_pool(stream, extractor, workers)
        if not lost:
            return
        # a worker died (of memory, say): try those in flight again, each in a process of its own
        for document in lost:
            yield _alone(document, extractor)


def _through_pool(
    stream: Iterator[Document], extractor: Extractor, workers: int
) -> Generator[Outcome, None, list[Document]]:
    """Outcomes until the stream ends or a worker dies; returns the documents that were in flight then."""
    held: deque[Document] = deque()
    futures: deque[Future[Outcome]] = deque()
    pool = _pool(workers)
    try:
        for document in stream:
            held.append(document)
            futures.append(pool.submit(_extracted, extractor.model, extractor.coreference, document))
            if len(held) >= IN_FLIGHT * workers:
                yield _next(held, futures)
        while held:
            yield _next(held, futures)
    except BrokenProcessPool:
        return list(held)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return []


def _next(held: deque[Document], futures: deque[Future[Outcome]]) -> Outcome:
    outcome = futures[0].result()
    futures.popleft()
    held.popleft()
    return outcome


def _alone(document: Document, extractor: Extractor) -> Outcome:
    with _pool(1) as pool:
        try:
            return pool.submit(_extracted, extractor.model, extractor.coreference, document).result()
        except BrokenProcessPool:
            gone = MemoryError("the process that read it was killed, perhaps for want of memory")
            return Outcome(document, None, failed(document, gone))


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawn on every system: a fork of a process with threads may hang
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _begin)


def _begin() -> None:
    """In a new worker, before numpy is there: one thread each, and Ctrl-C is the parent's business."""
    one_thread()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def settle() -> None:
    """In a process of our own, once the pipeline is loaded: its million objects stay, so the collector of cycles need
    not walk over them again and again.
    """
    gc.collect()
    gc.freeze()


@cache
def _extractor(model: str | None, coreference: bool) -> Extractor:
    made = Extractor(model, coreference)
    _ = made.nlp
    settle()
    return made


def _extracted(model: str | None, coreference: bool, document: Document) -> Outcome:
    return _extractor(model, coreference)(document)

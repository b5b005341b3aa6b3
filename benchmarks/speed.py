"""Speed of the whole way in one process and thread: words a second, the share of each stage, memory of a build.

Seconds are those of the processor, so that other programs on the machine change little. The extraction is compared with
the encoder's bare forward pass over the same windows in the same run: a ratio that depends little on the machine.
``--texts DIR`` holds plain text, or files of ``<doc ...>`` elements with many documents.
"""
# ruff: noqa: E402

from __future__ import annotations

from kg.building.threads import one_thread

one_thread()  # as the command line does, and before numpy is imported

import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from benchmarks.model import encoder, fingerprint, open_model, parser, weights
from benchmarks.report import Row, finish, table
from benchmarks.stopwatch import Stopwatch
from kg.building.files import write_files
from kg.building.workers import settle
from kg.extraction import findings as extraction
from kg.extraction.assembly import Assembler
from kg.extraction.document import extract
from kg.extraction.second_look import SecondLook
from kg.reading import read_sources
from kg.records import Document
from kg.resolution import resolve

_DOCUMENT = re.compile(r"<doc [^>]*>\n(.*?)\n</doc>", re.DOTALL)
_KG = "import sys; from kg.cli import main; sys.argv[0] = 'kg'; main()"
STAGES = (
    "reading", "tokenizing", "encoder forward", "decoding", "mentions, coreference", "syntax", "learned relations",
    "second look", "factuality, time", "entities, rest", "resolution", "writing",
)  # fmt: skip


def texts(folder: Path, least: int) -> Iterator[str]:
    """Texts of at least so many words, file by file."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in ("LICENSE", "SOURCE.txt")):
        content = path.read_text("utf-8")
        for text in _DOCUMENT.findall(content) or [content]:
            if len(text.split()) >= least:
                yield text


def lay_out(folder: Path, found: Iterator[str]) -> int:
    """Write each text to a file of its own; returns how many."""
    number = 0
    for number, text in enumerate(found, 1):
        (folder / f"{number:06}.txt").write_text(text + "\n", "utf-8")
    return number


def main() -> None:
    """Command line."""
    ap = parser(__doc__, corpora=False)
    ap.add_argument("--texts", type=Path, required=True, help="folder of texts")
    ap.add_argument("-n", type=int, default=200, help="documents to time (default: 200)")
    ap.add_argument("--least", type=int, default=100, help="words that a document has at least (default: 100)")
    ap.add_argument(
        "--memory", type=int, default=1000, help="documents of the build whose memory is measured; 0 for none"
    )
    a = ap.parse_args()
    nlp = open_model(a.model)
    nlp("Warm up once, so that nothing is loaded while the clock runs.")
    settle()  # as the workers of a build do
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "texts").mkdir()
        lay_out(folder / "texts", islice(texts(a.texts, a.least), a.n))
        watch, words, feeds = timed(nlp, folder)
        bare = forward_alone(nlp, feeds)
    seconds = {stage: watch.seconds.get(stage, 0.0) for stage in STAGES}
    extracting = sum(s for stage, s in seconds.items() if stage not in ("reading", "resolution", "writing"))
    whole = sum(seconds.values())
    rows: list[Row] = [[stage, s, 100 * s / whole, 1e6 * s / words] for stage, s in seconds.items()]
    print(
        table(
            ["stage", "s", "% of all", "µs a word"], rows, f"{a.n} documents, {words} words, model {fingerprint(nlp)}"
        )
    )
    figures: dict[str, float] = {
        "words": words,
        "words a second, extraction": round(words / extracting),
        "words a second, all": round(words / whole),
        "words a second, bare forward pass": round(words / bare),
        "extraction / bare forward pass": round(extracting / bare, 2),
    }
    if a.memory:
        figures |= build_alone(a.texts, a.least, a.memory, a.model)
    shown: list[Row] = [[k, v] for k, v in figures.items()]
    print(table(["figure", "value"], shown))
    shares = {stage: round(100 * s / whole, 2) for stage, s in seconds.items()}
    finish("speed", {"model": fingerprint(nlp), **figures, "shares": shares})


def timed(nlp: Any, folder: Path) -> tuple[Stopwatch, int, list[dict[str, Any]]]:
    """Go the whole way once; gives seconds by stage, words, and what the encoder was fed."""
    watch, model, claims, feeds, words = Stopwatch(), weights(nlp), [], [], 0
    forward = model.session.run

    class Session:
        """Stands in for the session, to time it and to keep what it is fed."""

        @staticmethod
        def run(outputs: Any, feed: dict[str, Any]) -> Any:
            feeds.append(feed)
            with watch.stage("encoder forward"):
                return forward(outputs, feed)

    places = [
        ("mentions, coreference", extraction, "recognised"),
        ("mentions, coreference", extraction, "cluster_names"),
        ("syntax", extraction, "find_relations"),
        ("learned relations", extraction, "find_learned"),
        ("second look", SecondLook, "__init__"),
        ("second look", SecondLook, "again"),
        ("factuality, time", extraction, "find_times"),
        ("factuality, time", extraction, "Assembler"),
        ("factuality, time", Assembler, "claim"),
    ]
    session, model.session = model.session, Session()
    try:
        with watch.on(places):
            sources = iter(read_sources([folder / "texts"]))
            while True:
                with watch.stage("reading"):
                    document = next(sources, None)
                if document is None:
                    break
                if not isinstance(document, Document):
                    continue
                with watch.stage("tokenizing"):
                    doc = nlp.make_doc(document.text)
                with watch.stage("decoding"):
                    doc = encoder(nlp)(doc)
                with watch.stage("entities, rest"):
                    claims.append(extract(doc, document, model))
                words += sum(not t.is_space for t in doc)
    finally:
        model.session = session
    with watch.stage("resolution"):
        graph = resolve(claims)
    (folder / "output").mkdir()
    with watch.stage("writing"):
        write_files(graph, folder / "output")
    return watch, words, feeds


def forward_alone(nlp: Any, feeds: list[dict[str, Any]]) -> float:
    """Seconds of nothing but the encoder over the same windows."""
    session = weights(nlp).session
    outputs = [o.name for o in session.get_outputs()]
    begun = process_time()
    for feed in feeds:
        session.run(outputs, feed)
    return process_time() - begun


def build_alone(source: Path, least: int, many: int, model: Path | None) -> dict[str, float]:
    """Peak memory in MB (resident) and seconds of ``kg build`` with one worker, in a process of its own."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "texts").mkdir()
        found = lay_out(folder / "texts", islice(texts(source, least), many))
        command = [
            sys.executable,
            "-c",
            _KG,
            "build",
            str(folder / "texts"),
            "-o",
            str(folder / "out"),
            "--workers",
            "1",
        ]
        if model is not None:
            command += ["--model", str(model)]
        begun = perf_counter()
        subprocess.run(command, check=False, capture_output=True)
        seconds = perf_counter() - begun
        if not (folder / "out" / "graph.ttl").exists():
            raise RuntimeError("kg build wrote no graph")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    return {"build, documents": found, "build, s": round(seconds, 1), "build, peak MB": round(peak)}


if __name__ == "__main__":
    main()

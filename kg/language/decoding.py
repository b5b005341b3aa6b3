"""From scores to trees and spans, in numpy, a whole window at a time."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
_NEVER = np.float32(-1e9)
ROOTS = 200  # roots tried in a sentence times its words: all of them in a short one, the likeliest in a long one


def heads(scores: Floats, starts: Ints) -> Ints:
    """Best single-rooted tree of each sentence.

    ``scores`` [W, W + 1] of (dependent, head), column 0 the root; ``starts`` are the first words of the sentences.
    Returns heads [W]: the index of the head word, a root's own index for a root. Greedy where that is a tree
    already (nearly always), else Chu-Liu-Edmonds on that one sentence.
    """
    n = len(scores)
    sentence = np.zeros(n, np.int64)
    sentence[starts] = 1
    sentence = np.cumsum(sentence)
    masked = np.where(sentence[:, None] == sentence[None], scores[:, 1:], _NEVER)
    np.fill_diagonal(masked, scores[:, 0])  # a word that heads itself is a root
    best: Ints = masked.argmax(1)
    ends = np.append(starts[1:], n)
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if not _is_tree(best[start:end] - start):
            best[start:end] = start + _maximum_tree(masked[start:end, start:end])
    return best


def _is_tree(head: Ints) -> bool:
    own = np.arange(len(head))
    if (head == own).sum() != 1:
        return False
    for _ in range(len(head).bit_length()):  # pointer jumping: after log2(n) steps every word has reached the root
        head = head[head]
    return bool((head == head[0]).all())


def _maximum_tree(scores: Floats) -> Ints:
    """Maximum spanning arborescence with exactly one root; the diagonal holds the root scores [n, n]."""
    n = len(scores)
    root = scores.diagonal().copy()
    arcs = scores.copy()
    np.fill_diagonal(arcs, _NEVER)
    if n == 1:
        return np.zeros(1, np.int64)
    most = arcs.max(1).astype(np.float64)
    gain = root - arcs.max(1)
    bound = most.sum() + (root - most)  # no tree with that root can have more
    best, best_score = np.zeros(n, np.int64), -np.inf
    for candidate in np.argsort(-gain, kind="stable")[: max(3, ROOTS // n)].tolist():
        if bound[candidate] < best_score - 1e-3:
            continue
        graph = np.full((n + 1, n + 1), _NEVER, np.float64)  # [dependent, head], node n is the root
        graph[:n, :n] = arcs
        graph[candidate, :n] = _NEVER
        graph[candidate, n] = root[candidate]
        tree = _edmonds(graph, n)[:n]
        score = float(graph[np.arange(n), tree].sum())
        if score > best_score:
            best, best_score = np.where(tree == n, np.arange(n), tree), score
    return best


def _edmonds(graph: npt.NDArray[np.float64], root: int) -> Ints:
    """Chu-Liu-Edmonds by contraction; ``graph`` [n, n] of (dependent, head) scores. Returns heads [n]."""
    n = len(graph)
    head: Ints = graph.argmax(1)
    head[root] = root
    cycle = _cycle(head, root)
    if cycle is None:
        return head
    inside = np.zeros(n, bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    m = len(rest)
    small = np.full((m + 1, m + 1), -1e18)
    small[:m, :m] = graph[np.ix_(rest, rest)]
    into = graph[np.ix_(rest, cycle)]
    enter = cycle[into.argmax(1)]
    small[:m, m] = into.max(1)
    cost = graph[np.ix_(cycle, rest)] - graph[cycle, head[cycle]][:, None]
    leave = cycle[cost.argmax(0)]
    small[m, :m] = cost.max(0)
    new_root = int(np.flatnonzero(rest == root)[0])
    small[new_root] = -1e18
    solved = _edmonds(small, new_root)
    result = head.copy()
    for i, node in enumerate(rest.tolist()):
        if node != root:
            result[node] = enter[i] if solved[i] == m else rest[solved[i]]
    broken = leave[solved[m]]
    result[broken] = rest[solved[m]]
    return result


def _cycle(head: Ints, root: int) -> Ints | None:
    seen = np.zeros(len(head), np.int64)
    seen[root] = -1
    for start in range(len(head)):
        path, node = [], start
        while seen[node] == 0:
            seen[node] = start + 1
            path.append(node)
            node = int(head[node])
        if seen[node] == start + 1 and node in path:
            return np.array(path[path.index(node) :])
    return None


def spans(tags: Ints, names: list[str]) -> list[tuple[int, int, str]]:
    """BIO tag numbers -> (start, end, type); an I that continues nothing opens a span."""
    out: list[tuple[int, int, str]] = []
    open_: str | None = None
    start = 0
    for i, tag in enumerate([*(names[t] for t in tags.tolist()), "O"]):
        prefix, _, kind = tag.partition("-")
        if open_ is not None and not (prefix == "I" and kind == open_):
            out.append((start, i, open_))
            open_ = None
        if prefix != "O" and open_ is None:
            open_, start = kind, i
    return out


def best_bio(logits: Floats, names: list[str]) -> Ints:
    """Best legal BIO sequence [W] of logits [W, tags]: I-x follows only B-x or I-x.

    The best tag of each word is nearly always a legal sequence already; only otherwise Viterbi has to look for one.
    """
    n, k = logits.shape
    greedy: Ints = logits.argmax(1)
    family, inside = _families(tuple(names))
    before = np.concatenate([[-1], family[greedy[:-1]]])
    if not (inside[greedy] & (family[greedy] != before)).any():
        return greedy
    banned = np.where(inside[None] & (family[:, None] != family[None]), np.float32(-1e6), np.float32(0))
    score = logits[0] + np.where(inside, np.float32(-1e6), np.float32(0))
    back = np.zeros((n, k), np.int64)
    for t in range(1, n):
        step = score[:, None] + banned
        back[t] = step.argmax(0)
        score = step.max(0) + logits[t]
    path: Ints = np.zeros(n, np.int64)
    path[-1] = score.argmax()
    for t in range(n - 1, 0, -1):
        path[t - 1] = back[t, path[t]]
    return path


@cache
def _families(names: tuple[str, ...]) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """The number of the B tag of each tag's type, -1 for O, and whether the tag is an I."""
    family = np.array([-1 if x == "O" else names.index("B-" + x.partition("-")[2]) for x in names], np.int64)
    return family, np.array([x.startswith("I") for x in names])


def lemma(form: str, script: str) -> str:
    """Apply an edit script ``case|cut|add``: keep (k) or lower (l) the form, cut letters at the end, add others."""
    case, cut, add = script.split("|", 2)
    base = form if case == "k" else form.lower()
    drop = int(cut)
    return (base[: len(base) - drop] if drop <= len(base) else base) + add or base

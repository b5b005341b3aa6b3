from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.conllu import Parsed, Word, read
from benchmarks.parses import compare

TEXT = """\
# newdoc id = tale
# newpar
1\tMara\tMara\tPROPN\tNNP\t_\t2\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tsing\tsing\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_

"""


@pytest.fixture
def gold(tmp_path: Path) -> Parsed:
    path = tmp_path / "tale.conllu"
    path.write_text(TEXT, "utf-8")
    (found,) = read(path)
    return found


def test_text_is_rebuilt_with_paragraphs_and_contractions(gold: Parsed) -> None:
    assert gold.text == "Mara didn't sing.\n\nShe left"
    assert [gold.text[w.start : w.end] for w in gold.words] == ["Mara", "did", "n't", "sing", ".", "She", "left"]
    assert gold.sentences == [(0, 17), (19, 27)]
    assert [w.head for w in gold.words] == [1, 3, 3, 3, 3, 6, 6]


def test_an_analysis_agrees_with_itself(gold: Parsed) -> None:
    assert {c.f1 for c in compare(gold, gold).values()} == {1.0}


def test_no_analysis_at_all(gold: Parsed) -> None:
    assert {c.f1 for c in compare(gold, Parsed("", gold.text)).values()} == {0.0}


def test_words_cut_otherwise_match_nothing_and_cost_their_dependents(gold: Parsed) -> None:
    words = [*gold.words]
    words[1:3] = [Word(5, 11, "didn't", "do", "AUX", "VBD", 2, "aux")]
    words = [replace(w, head=w.head - (w.head > 1)) for w in words]
    found = compare(gold, Parsed("", gold.text, words, [0, 4]))
    assert (found["Words"].right, found["Words"].predicted, found["Words"].wanted) == (5, 6, 7)
    assert found["UAS"].right == 4  # Mara hangs on a word that is not there
    assert found["Sentences"].f1 == 1


def test_half_right(gold: Parsed) -> None:
    words = [replace(w, deprel="dep", upos="X") if i % 2 else w for i, w in enumerate(gold.words)]
    found = compare(gold, Parsed("", gold.text, words, [0]))
    assert found["UAS"].f1 == 1
    assert found["LAS"].right == found["UPOS"].right == 4
    assert found["Sentences"].right == 0


def test_a_wrong_root_is_a_wrong_head(gold: Parsed) -> None:
    words = [*gold.words]
    words[5], words[6] = replace(words[5], head=5), replace(words[6], head=5)
    assert compare(gold, Parsed("", gold.text, words, gold.starts))["UAS"].right == 5

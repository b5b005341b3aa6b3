"""A parse is made to agree with the names in it."""

from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.syntax.repair import bare_obliques, whole_names


def test_a_name_has_one_head_and_carries_what_hung_on_its_words() -> None:
    # Alder Rovers beat Brenna United : "Alder" hangs on "beat", "Rovers" on "United", "of" on "Alder"
    head, dep = [2, 4, 2, 4, 2, 0], ["nsubj", "obl", "root", "compound", "obj", "punct"]
    whole_names(head, dep, [(0, 2), (3, 5)])
    assert head == [2, 0, 2, 4, 2, 0]
    assert dep == ["nsubj", "flat", "root", "compound", "obj", "punct"]
    head, dep = [1, 1, 4, 4, 1, 2], ["nsubj", "root", "compound", "compound", "obj", "appos"]
    whole_names(head, dep, [(2, 5)])
    assert head == [1, 1, 4, 4, 1, 4]


def test_a_noun_without_preposition_is_no_oblique() -> None:
    low = ["rovers", "beat", "united", "friday"]
    dep = ["nsubj", "root", "obl", "obl"]
    bare_obliques([1, 1, 1, 1], dep, ["PROPN", "VERB", "PROPN", "PROPN"], low, low, [True, True, True, True])
    assert dep == ["nsubj", "root", "obj", "obl"]


@given(st.data())
def test_no_circle_appears(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 9))
    head = [0] + [data.draw(st.integers(0, i - 1)) for i in range(1, size)]
    dep = ["root"] + [data.draw(st.sampled_from(["flat", "nsubj", "obl", "compound"])) for _ in range(1, size)]
    spans = data.draw(st.lists(st.tuples(st.integers(0, size), st.integers(0, size)).map(sorted).map(tuple)))
    whole_names(head, dep, spans)
    for token in range(size):
        for _ in range(size):
            token = head[token]
        assert head[token] == token

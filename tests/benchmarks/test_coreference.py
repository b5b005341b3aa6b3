from benchmarks.coreference import Marked, head_of, partition, without_single


def test_the_head_hangs_on_a_word_outside() -> None:
    governor = [2, 2, 3, 3, 5, 3]  # the old mayor left the town
    assert head_of(0, 3, governor) == 2
    assert head_of(4, 6, governor) == 5
    assert head_of(0, 6, governor) == 3


def test_a_phrase_and_the_name_in_it_are_one_head() -> None:
    mentions = [Marked(0, 4, 1, "name", 0), Marked(1, 2, 1, "name", 1), Marked(6, 7, 6, "pronoun", 0)]
    assert partition(mentions, by_head=True) == [frozenset({1, 6})]
    assert partition(mentions, by_head=False) == [frozenset({(0, 4), (6, 7)}), frozenset({(1, 2)})]


def test_single_mentions_left_out() -> None:
    assert without_single([frozenset({1}), frozenset({2, 3})]) == [frozenset({2, 3})]

"""Rules and model together: what each says of a denial, a possibility, a claim."""

import pytest

from kg.extraction.factuality import Judgement, joined

# bias, rules at the stating word, rules elsewhere, the model's log odds, the model spoke
EVEN = dict.fromkeys(("negated", "possible", "claimed"), (-2.0, 3.0, 1.0, 1.0, 0.5))
NOTHING = (0.02, 0.02, 0.02)


@pytest.mark.parametrize(
    ("ruled", "triggered", "marks", "expected"),
    [
        (Judgement(), True, (), ("asserted", "fact", False)),
        (Judgement("negated"), True, (), ("negated", "fact", False)),
        (Judgement("negated"), False, NOTHING, ("asserted", "fact", False)),  # another word was denied
        (Judgement("negated"), False, (0.9, 0.02, 0.02), ("negated", "fact", False)),
        (Judgement("negated"), True, NOTHING, ("negated", "fact", False)),  # rules at the word itself are believed
        (Judgement(), True, (0.9, 0.02, 0.02), ("negated", "fact", False)),
        (Judgement(), True, (0.02, 0.9, 0.02), ("asserted", "possible", False)),
        (Judgement(modality="planned"), True, (), ("asserted", "planned", False)),
        (Judgement(contested=True), True, (), ("asserted", "fact", True)),
        (Judgement(), True, (0.02, 0.02, 0.95), ("asserted", "fact", True)),
    ],
)
def test_joined(ruled: Judgement, triggered: bool, marks: tuple[float, ...], expected: tuple[str, str, bool]) -> None:
    found = joined(ruled, triggered, marks, EVEN)
    assert (found.polarity, found.modality, found.contested) == expected
    assert found.speaker == ruled.speaker

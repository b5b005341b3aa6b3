"""Tokens as the treebanks have them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from kg.language.loading import PACKAGED
from kg.language.tokens import blank_english

NLP = blank_english()


@pytest.fixture(scope="module")
def nlp() -> Language:
    return NLP


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # hyphens, dashes, slashes
        ("a well-known port", "a well - known port"),
        ("the U.S.-led talks", "the U.S. - led talks"),
        ("a non-stop e-mail", "a non-stop e-mail"),
        ("the Co-founder re-elected", "the Co-founder re-elected"),
        ("a non-profit-like body", "a non-profit - like body"),
        ("the pro-Varn anti-Tolmere press", "the pro - Varn anti - Tolmere press"),
        ("the UN-related bodies", "the UN - related bodies"),
        ("the ex-president", "the ex - president"),
        ("mid-July mid-1990s", "mid-July mid-1990s"),
        ("a self-made man", "a self - made man"),
        ("he left -for good", "he left - for good"),
        ("the port- and the bank", "the port - and the bank"),
        ("1980s- and", "1980s - and"),
        ("wha- what", "wha - what"),
        ("th- the", "th- the"),
        ("out—and in", "out — and in"),
        ("2019-2021", "2019 - 2021"),
        ("400-500 boats", "400 - 500 boats"),
        ("the north/south line", "the north / south line"),
        ("salt and/or wind", "salt and / or wind"),
        ("9/11 and 24/7", "9/11 and 24/7"),
        ("the 9/11-related", "the 9/11 - related"),
        ("in 2019/20", "in 2019 / 20"),
        ("he left w/o her", "he left w/o her"),
        # dates, times, telephones, amounts
        ("on 11/28/2000.", "on 11/28/2000 ."),
        ("on 2021-03-09", "on 2021-03-09"),
        ("call 713-555-3989, or 555-3989", "call 713-555-3989 , or 555-3989"),
        ("at 7:30PM-9pm", "at 7:30 PM - 9 pm"),
        ("at 7:30p.m.", "at 7:30 p.m."),
        ("$1,200.50 in Tolmere,Varn", "$ 1,200.50 in Tolmere , Varn"),
        ("£1.1bn or 65k or $113m", "£ 1.1 bn or 65 k or $ 113 m"),
        ("it cost 66k.", "it cost 66 k ."),
        ("[13,14] of 1,200,300", "[ 13 , 14 ] of 1,200,300"),
        ("in '72, in the '60s, in the 60's", "in '72 , in the '60s , in the 60's"),
        ("2008's crash", "2008 's crash"),
        # runs of marks, faces, hashes
        ("now!!! why?! ***sigh***", "now !!! why ?! *** sigh ***"),
        ("the ports.?", "the ports .?"),
        ("the U.S.?", "the U.S. ?"),
        ("==== ---- <<a>>", "==== ---- << a >>"),
        ("well...yes", "well ... yes"),
        ("good :) (as Olsten says):", "good :) ( as Olsten says ) :"),
        ("#TolmerePort, #1", "#TolmerePort , # 1"),
        # contractions and possessives
        ("didn't DON'T dont DONT cannot", "did n't DO N'T do nt DO NT can not"),
        ("so,don't", "so , do n't"),
        ("it’s—it’s", "it ’s — it ’s"),
        ("gonna wanna Gimme", "gon na wan na Gim me"),
        ("Tolmere's mama`s", "Tolmere 's mama `s"),
        ("an id, we wed", "an id , we wed"),
        ("its ill well", "its ill well"),
        # abbreviations and stops
        ("Mr. Joren Tavlek", "Mr. Joren Tavlek"),
        ("Ft. Olsten et al. Lt. Tavlek", "Ft. Olsten et al. Lt. Tavlek"),
        ("It ended.Then they left.", "It ended . Then they left ."),
        ("He left.[12] She", "He left . [ 12 ] She"),
        ("the IoT.", "the IoT ."),
        ("Why?they asked", "Why ? they asked"),
        # names, addresses, files
        ("[sic] he said", "[ sic ] he said"),
        ("Varn Party(VP)", "Varn Party ( VP )"),
        ("AT&T O'Brien Yahoo.com", "AT&T O'Brien Yahoo.com"),
        ("mira.olsten@varn.example", "mira.olsten@varn.example"),
        ("(http://varn.example/a-b?c=d).", "( http://varn.example/a-b?c=d ) ."),
        ("see report-2.pdf.", "see report-2.pdf ."),
        ("Jean-Paul Al-Tavlek", "Jean - Paul Al - Tavlek"),
    ],
)
def test_tokens(nlp: Language, text: str, expected: str) -> None:
    assert [t.text for t in nlp(text)] == expected.split()


@given(text=st.text(max_size=60))
def test_tokens_give_back_the_text(text: str) -> None:
    assert NLP(text).text == text


@given(text=st.text(alphabet="aBe1 .-/'!?*#([,:)@’", max_size=30))
def test_tokens_stand_where_they_say(text: str) -> None:
    doc = NLP(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)


def test_the_packaged_tokenizer_is_this_one(nlp: Language) -> None:
    packaged = Tokenizer(nlp.vocab).from_disk(PACKAGED / "tokenizer")
    ours = nlp.tokenizer
    assert isinstance(ours, Tokenizer)
    for name in ("prefix_search", "suffix_search", "infix_finditer", "token_match", "url_match"):
        assert getattr(packaged, name).__self__.pattern == getattr(ours, name).__self__.pattern
    assert packaged.rules == ours.rules

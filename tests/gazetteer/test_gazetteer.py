import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.gazetteer import (
    PersonName,
    country_named,
    country_of_people,
    fold,
    given_name_gender,
    initials,
    legal_core,
    lies_elsewhere,
    title_gender,
    word_set,
)
from kg.gazetteer.countries import countries


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The Harwick Times", "harwick times"),
        ("N.Z.", "nz"),
        ("Harwick's", "harwick"),
        ("Jones’ Bakery", "jones bakery"),
        ("Łukasz Ørsted-Größe", "lukasz orsted grosse"),
        ("O'Hara", "ohara"),
        ("the", "the"),
        ("—", ""),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(st.sampled_from("aAsS’' .-ßéİ") | st.characters(), max_size=20))
def test_fold_is_idempotent(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_initials_with_and_without_small_words() -> None:
    assert initials("harwick institute of applied mechanics") == {"hiam", "hioam"}
    assert initials("harwick") == frozenset()


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Kenya", "Kenya"),
        ("the Netherlands'", "Netherlands"),
        ("N.Z.", "New Zealand"),
        ("NZ", "New Zealand"),
        ("nz", None),
        ("Burma", "Myanmar"),
        ("Côte d’Ivoire", "Ivory Coast"),
        ("Kenyan", None),
        ("the Republic of Latvia", "Latvia"),
        ("Republic of China", "Taiwan"),
        ("Republic of Vietnam", "South Vietnam"),
    ],
)
def test_country_named(name: str, country: str | None) -> None:
    held = country_named(name)
    assert (held.name if held else None) == country


@pytest.mark.parametrize(
    ("demonym", "names"),
    [
        ("Kenyan", ["Kenya"]),
        ("Danes", ["Denmark"]),
        ("Korean", ["North Korea", "South Korea"]),
        ("polish", []),
        ("Harwickian", []),
    ],
)
def test_country_of_people(demonym: str, names: list[str]) -> None:
    assert [country.name for country in country_of_people(demonym)] == names


@pytest.mark.parametrize(
    ("place", "country", "elsewhere"),
    [
        ("Dakar", "France", True),
        ("DAKAR", "the Republic of Senegal", False),
        ("Alberta", "U.S.", True),
        ("Prague", "Czechoslovakia", False),
        ("Dublin", "United States", False),
        ("Harwick", "France", False),
        ("Dakar", "Harwick", False),
    ],
)
def test_a_capital_or_region_lies_in_its_own_state(place: str, country: str, elsewhere: bool) -> None:
    assert lies_elsewhere(place, country) is elsewhere


def test_the_table_is_sound() -> None:
    held = countries()
    assert [c.name for c in held] == sorted(c.name for c in held)
    codes = [c.iso2 for c in held if c.iso2]
    assert len(codes) == len(set(codes))
    bearers: dict[str, set[str]] = {}
    for country in held:
        for name in (country.name, *country.names, *country.abbreviations):
            bearers.setdefault(fold(name), set()).add(country.name)
    assert {name: found for name, found in bearers.items() if len(found) > 1} == {}
    states = [c for c in held if c.kind == "state"]
    assert len(states) >= 195
    assert all(c.capital and c.adjectives and len(c.iso2) == 2 and c.continent for c in states)


@pytest.mark.parametrize(
    ("name", "words", "generation", "gender", "skip"),
    [
        ("Lt. Col. Anna Poe", ("anna", "poe"), "", "f", 2),
        ("Gen. Sir John Poe Jr.", ("john", "poe"), "jr", "m", 2),
        ("Dean Poe", ("dean", "poe"), "", "m", 0),
        ("Mr. Dean Poe", ("dean", "poe"), "", "m", 1),
        ("Pope Anselm", ("anselm",), "", "m", 0),
        ("J.K. Poe", ("j", "k", "poe"), "", "", 0),
        ("President", ("president",), "", "", 0),
    ],
)
def test_person_names_taken_apart(name: str, words: tuple[str, ...], generation: str, gender: str, skip: int) -> None:
    held = PersonName.of(name)
    assert (held.words[0:], held.generation, held.skip) == (words, generation, skip)
    assert held.gender == gender or not gender


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("William Poe", "Bill Poe", True),
        ("W. J. Poe", "William Poe", True),
        ("William J. Poe", "William K. Poe", False),
        ("William Poe Jr.", "William Poe Sr.", False),
        ("Mr Robin Poe", "Mrs Robin Poe", False),
        ("William Poe", "Walter Poe", False),
        ("Poe", "William Poe", False),
    ],
)
def test_person_names_agree(one: str, other: str, agree: bool) -> None:
    assert PersonName.of(one).agrees(PersonName.of(other)) is agree
    assert PersonName.of(other).agrees(PersonName.of(one)) is agree


def test_gender() -> None:
    assert title_gender(["said", "Mrs."]) == (True, "f")
    assert title_gender(["the", "Prime", "Minister"]) == (True, "")
    assert title_gender(["said"]) == (False, "")
    assert (given_name_gender("anna"), given_name_gender("bob"), given_name_gender("robin")) == ("f", "m", "")


def test_what_may_vary_in_an_organisations_name() -> None:
    assert legal_core("harwick steel inc") == legal_core("harwick steel co ltd") == "harwick steel"
    assert legal_core("harwick group") == "harwick group"
    assert legal_core("harwick group", loose=True) == "harwick"
    assert legal_core("inc") == "inc"
    assert word_set("Kenyan Ministry of Health") == word_set("Ministry of Health of Kenya")
    assert word_set("New Zealand Navy") == word_set("NZ Navy") != word_set("Zealand Navy")

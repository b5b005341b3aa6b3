"""What a newspaper reader knows about names: countries and their people, titles, given names, company suffixes."""

from kg.gazetteer.countries import Country, country_named, country_of_people, country_words
from kg.gazetteer.folding import fold, initials
from kg.gazetteer.organisations import legal_core, word_set
from kg.gazetteer.people import PersonName, given_name_gender, same_given_name, title_gender, title_kind
from kg.gazetteer.places import lies_elsewhere, place_subtype

__all__ = [
    "Country",
    "PersonName",
    "country_named",
    "country_of_people",
    "country_words",
    "fold",
    "given_name_gender",
    "initials",
    "legal_core",
    "lies_elsewhere",
    "place_subtype",
    "same_given_name",
    "title_gender",
    "title_kind",
    "word_set",
]

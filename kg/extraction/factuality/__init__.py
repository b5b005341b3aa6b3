"""Whether the text states a thing as a fact, denies it, deems it possible, plans it, or only reports a claim."""

from kg.extraction.factuality.judgement import Judgement, joined, mark_features
from kg.extraction.factuality.reader import FactualityReader, judge
from kg.extraction.factuality.short_of import short_of

__all__ = ["FactualityReader", "Judgement", "joined", "judge", "mark_features", "short_of"]

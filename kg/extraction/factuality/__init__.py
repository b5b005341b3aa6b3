"""Whether the text states a thing as a fact, denies it, deems it possible, plans it, or only reports a claim."""

from kg.extraction.factuality.judgement import Judgement, joined, mark_features
from kg.extraction.factuality.reader import FactualityReader, judge

__all__ = ["FactualityReader", "Judgement", "joined", "judge", "mark_features"]

"""The vocabulary: ``newskg.ttl`` is its source, `kg.ontology.vocabulary` its typed names."""

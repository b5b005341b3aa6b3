"""From a folder of news to a knowledge graph you can check."""

"""The graph as RDF: written, read back, asked."""

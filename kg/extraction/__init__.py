"""What one document says: mentions, coreference, relations, time, factuality."""

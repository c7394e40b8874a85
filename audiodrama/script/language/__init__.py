"""What the extractor knows of English: word lists, tense, and whether a text is English at all."""

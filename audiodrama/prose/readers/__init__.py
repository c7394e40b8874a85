"""Step 1 of reading: the text of a file becomes passages, by its format."""

"""Step 4 of reading: passages become blocks of the text that is read aloud."""

"""Step 3 of reading: what is not the story - notes, licences, tables of contents - is left out with a reason."""

"""Step 2 of reading: passages are told apart as headings, scene breaks, page furniture and front matter."""

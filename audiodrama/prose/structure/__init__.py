"""Step 2 of reading: each passage is a heading, a scene break, page furniture, front matter or a paragraph."""

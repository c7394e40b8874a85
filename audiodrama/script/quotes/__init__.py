"""Step 1 of adapting: what is said. A Document becomes a Manuscript with its speeches, thoughts and letters."""

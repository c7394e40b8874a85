"""Step 2 of adapting: who is there. The names and descriptions of a Manuscript become figures with mentions."""

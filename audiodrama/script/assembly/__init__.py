"""Step 4 of adapting: speeches and narration become the lines of a Script that accounts for all of its source."""

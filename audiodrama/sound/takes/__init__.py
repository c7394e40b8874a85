"""Step 1 of sound: the lines of a Script become utterances, and utterances become takes that are kept."""

"""Step 3 of adapting: who speaks. Turns, candidates and evidence become speakers with a confidence and a reason."""

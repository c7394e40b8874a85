"""Build the weights of the ranker, and compare families of rankers."""

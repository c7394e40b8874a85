"""Turn annotated novels into figures: how often the right person speaks, how honest the confidence is, how fast.

``python -m audiodrama.bench attribution FOLDER`` measures; ``python -m audiodrama.bench train ...`` rebuilds the
weights that ``audiodrama.script`` ships. Nothing of this is needed to make a drama.
"""

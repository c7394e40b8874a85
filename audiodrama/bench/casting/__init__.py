"""Measure how steady a cast is, and the voices it is chosen from."""

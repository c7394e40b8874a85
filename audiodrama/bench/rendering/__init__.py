"""Measure what productions, batches and interruptions cost."""

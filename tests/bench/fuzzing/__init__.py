"""Random command lines."""

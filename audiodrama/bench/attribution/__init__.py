"""Score who speaks against annotated novels."""

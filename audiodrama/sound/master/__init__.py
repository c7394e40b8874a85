"""Step 3 of sound: segments are mixed, encoded and joined into a Master."""

"""Signal processing that the other steps of sound share: loudness, metering, limiting."""

"""Turn chance into command lines, files and environments, and each run into what is wrong with it."""

"""Hold a short story and a short script, written for this project, which ``new`` copies for the user to play with."""

"""Turn progress, results and questions into what the user sees in the terminal."""

"""Run the command line: ``python -m audiodrama``."""

from audiodrama.cli import main

if __name__ == "__main__":
    main()

"""Turn the settings files of a user and of a folder into defaults for options.

Only the command line reads these files: a program that calls the library is not affected by where it runs. Nothing is
read for ``--help``, nor for a command without such options.
"""

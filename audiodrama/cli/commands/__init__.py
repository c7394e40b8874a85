"""Turn the commands, with their arguments and options, into calls of the library: a module for each kind."""

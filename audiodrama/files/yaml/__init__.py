"""Turn YAML text into nodes that know their line, and texts into YAML: for all files that users edit."""

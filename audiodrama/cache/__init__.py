"""Keep files whole and exclusive: atomic writes, locks, sealed files, plain values for JSON."""

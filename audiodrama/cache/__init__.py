"""Keep files whole and exclusive, and results by what decided them.

``atomic_write`` makes a file appear whole, ``file_lock`` keeps other processes from it, ``sealed_file`` recognises
damage, ``keyed_files`` finds results again by their key, ``prune`` makes room among them, and ``as_json`` turns frozen
values into plain ones.
"""

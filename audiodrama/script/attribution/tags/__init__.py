"""Read speech tags: the clauses beside a speech that say who speaks it."""

"""One query as a tree: its clauses, places in the text, columns, constructs, and what lint says of it."""

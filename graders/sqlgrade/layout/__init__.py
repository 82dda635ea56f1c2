"""A query's text laid out anew: line breaks, blanks and capitals of the grammar's words, and nothing else.

sqlglot reads the text in its dialect, but its printer is not asked: that one writes `NOT x IN (1)` for `x NOT IN (1)`, `CAST(x AS INT)` for
`x::INT`, and moves comments. What is written here is read again, and has to be word for word what was there.
"""

from sqlgrade.layout.atoms import CannotRead
from sqlgrade.layout.laying import lay_out

__all__ = ["CannotRead", "lay_out"]

"""Results compared: rows, order, columns, names and cells, as the exercise's rules say."""

from sqlgrade.compare.columns import find_permutation, meant_permutation, permuted
from sqlgrade.compare.fingerprints import fingerprint, same_sequence
from sqlgrade.compare.judge import Same, compare, order_counts
from sqlgrade.compare.reference import Reference

__all__ = [
    "Reference",
    "Same",
    "compare",
    "find_permutation",
    "fingerprint",
    "meant_permutation",
    "order_counts",
    "permuted",
    "same_sequence",
]

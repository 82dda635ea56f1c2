"""What GoogleSQL has: each function with its signatures, as its own catalogue lists them (`googlesql.tsv`, made by bench/googlesql_functions.py).

The list tells a function that can't be run here from one that does not exist, and values that a function does not take from an
overload that is only not known here.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BEYOND = frozenset(
    "APPENDS ARRAY BAG_OF_WORDS CAST CHANGES CONTAINS_SUBSTR EXTERNAL_OBJECT_TRANSFORM EXTERNAL_QUERY EXTRACT FORECAST GAP_FILL MAX_BY MIN_BY "
    "OCTET_LENGTH RANGE_SESSIONIZE REGEXP_SUBSTR SAFE_CAST SEARCH STRUCT TEXT_ANALYZE TF_IDF UNNEST VECTOR_SEARCH SAFE_OFFSET OFFSET ORDINAL SAFE_ORDINAL "
    "COLLATE HLL_COUNT OBJ ML AI DLP_KEY_CHAIN DLP_DETERMINISTIC_ENCRYPT DLP_DETERMINISTIC_DECRYPT".split()
)
"""What BigQuery's reference (page functions-all) has besides, and what the language has no function for."""
BEYOND_PREFIXES = ("ML.", "AI.", "OBJ.", "ST_", "S2_", "BIGFUNCTIONS.")
_COERCED = {
    "INT64": ("NUMERIC", "BIGNUMERIC", "FLOAT64"),
    "NUMERIC": ("BIGNUMERIC", "FLOAT64"),
    "BIGNUMERIC": ("FLOAT64",),
    "DATE": ("DATETIME", "TIMESTAMP"),
    "DATETIME": ("TIMESTAMP",),
}
"""Type -> those that it becomes by itself as an argument (page conversion_rules, "Coercion")."""
_UNKNOWN = ("?", "NULL")
_TEMPLATE = re.compile(r"T\d")


@dataclass(frozen=True)
class Signature:
    """One way to call a function."""

    name: str
    mode: str
    """SCALAR, AGGREGATE or ANALYTIC."""
    arguments: tuple[str, ...]
    gives: str

    @property
    def shown(self) -> str:
        """The call as a reference page writes it."""
        return f"{self.name}({', '.join(self.arguments)})"

    def takes(self, kinds: Sequence[str], texts: Sequence[bool] = ()) -> bool:
        """Whether values of these types may stand in it; a text that is written out becomes a date or time by itself."""
        wanted = list(self.arguments)
        if sum(each.endswith("…") for each in wanted) > 1:
            return len(kinds) >= sum(not each.startswith("[") for each in wanted) - 2
        meant: dict[str, str] = {}
        place = 0
        for number, kind in enumerate(kinds):
            if place >= len(wanted):
                return False
            told = wanted[place]
            is_text = number < len(texts) and texts[number]
            if not _fits(kind, told.strip("[]").rstrip("…").rpartition("=> ")[2], meant, is_text=is_text):
                return False
            place += 0 if told.endswith("…") else 1
        return all(each.startswith("[") or each.endswith("…") for each in wanted[place:])


def _fits(kind: str, wanted: str, meant: dict[str, str], *, is_text: bool) -> bool:
    if kind in _UNKNOWN or wanted in ("ANY", "LAMBDA", kind) or (wanted == "PART" and kind == "PART"):
        return True
    if _TEMPLATE.fullmatch(wanted):
        known = meant.setdefault(wanted, kind)
        return (
            known in (kind, *_UNKNOWN) or kind in _COERCED.get(known, ()) or known in _COERCED.get(kind, ()) or is_text
        )
    if wanted.startswith("ARRAY<") and kind.startswith("ARRAY<"):
        return _fits(kind[6:-1], wanted[6:-1], meant, is_text=False)
    return wanted in _COERCED.get(kind, ()) or (is_text and wanted in ("DATE", "DATETIME", "TIMESTAMP", "TIME"))


@functools.cache
def signatures() -> dict[str, tuple[Signature, ...]]:
    """Function -> its signatures."""
    found: dict[str, list[Signature]] = {}
    text = files("sqlgrade.dialect").joinpath("googlesql.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        name, mode, arguments, gives = line.split("\t")
        parts = tuple(re.split(r", (?![^<]*>)", arguments)) if arguments else ()
        found.setdefault(name, []).append(Signature(name, mode, parts, gives))
    return {name: tuple(each) for name, each in found.items()}


def exists(name: str) -> bool:
    """Whether BigQuery has a function of this name."""
    name = name.upper()
    return name in signatures() or name in BEYOND or name.startswith(BEYOND_PREFIXES)


def takes(name: str, kinds: Sequence[str], texts: Sequence[bool] = ()) -> bool:
    """Whether a function takes values of these types."""
    return any(each.takes(kinds, texts) for each in signatures().get(name.upper(), ()))


def shown(name: str) -> str:
    """How a function is called: its longest signature; empty for one that is not in the list."""
    known = signatures().get(name.upper(), ())
    told = max((each.shown for each in known), key=len, default="")
    return _MOVED.sub(r"\1(\2, INTERVAL 1 DAY)", told).replace("PART", "DAY")


_MOVED = re.compile(r"(\w+_(?:ADD|SUB))\((\w+), INT64, PART\)")
"""Those that take an interval, which the list parts into its number and its part."""

"""Each planted truth over several data sets: in how many it holds, and the range of every figure.

    python bench/truths.py DATA.duckdb [DATA.duckdb …] [--checks 122,127,131]

DATA are files of `penguin data build`. A line is a check's sentence of what it found, each figure as lowest … highest; the z among
them are the margin by which the truth stands out of chance.
"""

from __future__ import annotations

import argparse
import re
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACE = re.compile(r"\{[^}]*\}")


def main() -> None:
    """Print two lines for each check: what was planted, and what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+")
    parser.add_argument("--checks", default="", help="numbers, separated by commas; else all")
    options = parser.parse_args()
    wanted = tuple(options.checks.split(",")) if options.checks else ("",)
    for file in sorted((files("marketplace") / "checks" / "sql").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".sql") and file.name.startswith(wanted):
            text = file.read_text(encoding="utf-8")
            rows = [facts_of(data, text) for data in options.data]
            held = sum(bool(row[0]) for row in rows)
            print(f"{file.name.removesuffix('.sql')}  holds in {held} of {len(rows)}")
            print(f"    {in_ranges(_head(text, 'found en'), [row[1:] for row in rows])}", flush=True)


def facts_of(data: Path, text: str) -> tuple[Any, ...]:
    """Whether a check holds in a data set, then its figures."""
    with closing(duckdb.connect(str(data), read_only=True, config={"threads": 1})) as connection:
        return connection.execute(text).fetchone() or (False,)


def in_ranges(template: str, rows: Sequence[tuple[Any, ...]]) -> str:
    """A check's sentence with the lowest and highest of each figure; texts and blanks are left out of a range."""
    columns = iter(zip(*rows, strict=True))

    def ranged(place: re.Match[str]) -> str:
        known = sorted(each for each in next(columns) if isinstance(each, int | float))
        if not known:
            return "–"
        low, high = place[0].format(known[0]), place[0].format(known[-1])
        return low if low == high else f"{low} … {high}"

    return PLACE.sub(ranged, template)


def _head(text: str, part: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(f"-- {part}: ")).split(": ", 1)[1]


if __name__ == "__main__":
    main()

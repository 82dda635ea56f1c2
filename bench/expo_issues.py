"""Which of an Expo's issues and false trails each seed's practice data holds, in both languages.

    python bench/expo_issues.py [--seeds 10] [--scale 1] [--locales ja,en]

Each data set is built anew in a folder that goes away. A line an issue or false trail: how many of the data sets hold it, then what was
found in the first and in those that don't.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from marketplace import Settings, build
from marketplace.checks import check

if TYPE_CHECKING:
    from marketplace.checks import Finding

_FIRST = "300"
"""The names of an Expo's checks follow on it."""


def main() -> None:
    """Print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--locales", default="ja,en")
    options = parser.parse_args()
    found: dict[str, list[tuple[str, Finding]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for locale in options.locales.split(","):
            for seed in range(1, options.seeds + 1):
                out = Path(folder) / "marketplace.duckdb"
                build(Settings(scale=options.scale, seed=seed, locale=locale, out=out))
                for each in check(out, with_issues=True).findings:
                    if each.name > _FIRST:
                        found[each.name].append((f"{locale} {seed}", each))
                out.unlink()
    for name, several in found.items():
        print(f"{sum(each.ok for _, each in several)} of {len(several)}  {name}  {several[0][1].found.en}")
        for where, each in several:
            if not each.ok:
                print(f"    missing in {where}: {each.found.en}")


if __name__ == "__main__":
    main()

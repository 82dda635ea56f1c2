"""Lays every query of the course and of the development pairs out anew, and proves that each means what it meant.

    python bench/layout.py [--pairs 500] [--show N]

Of each text: DuckDB's own parser and sqlglot's give the same tree as before, its comments are there in their order, its words are the
same, and laid out once more it stays as it is. What only one of the parsers reads is held to that one, what none reads (a starter with
 also judges each near miss and other right answer of the course before and after. `--show N` prints every
Nth text that changed. The pairs lie beside the checkout (../shared/corpora) or where SQLGRADE_CORPORA points.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import sqlglot

from sqlgrade.layout import CannotRead, lay_out
from sqlgrade.layout.atoms import read_atoms
from sqlgrade.parameters import as_literals
from sqlgrade.parse import RULE_FAULTS, parsed, same_tree

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "sqlgrade" / "corpora"))

from sqlgrade_corpora import load_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = duckdb.connect()
COURSE = Path(__file__).resolve().parents[1] / "course"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=500, help="queries of the development pairs")
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    told: Counter[str] = Counter()
    faults = 0
    for name, text in [*course_texts(), *bigquery_texts(), *pair_texts(options.pairs)]:
        kind, wrong = tried_as_bigquery(text) if name.startswith("bigquery") else tried(text)
        told[f"{name.split(':')[0]}: {kind}"] += 1
        if wrong:
            faults += 1
            print("FAULT", name, wrong[:300])
        elif options.show and not kind.startswith("refused") and sum(told.values()) % options.show == 0:
            print(f"--- {name}\n{lay_out(text)}\n")
    for kind, count in sorted(told.items()):
        print(f"{count:5} {kind}")
    print(f"{faults} faults")
    sys.exit(bool(faults))


def course_texts() -> Iterator[tuple[str, str]]:
    """Name and text of each of the course's SQL files."""
    for path in sorted(COURSE.rglob("*.sql")):
        yield f"course: {path.relative_to(COURSE)}", path.read_text(encoding="utf-8")


def bigquery_texts() -> Iterator[tuple[str, str]]:
    """The course's texts as sqlglot writes them for BigQuery, on one line each."""
    for name, text in course_texts():
        with suppress(*RULE_FAULTS):  # what sqlglot does not write for BigQuery
            yield (
                name.replace("course", "bigquery", 1),
                sqlglot.transpile(
                    text, "duckdb", "bigquery", identify=True, unsupported_level=sqlglot.ErrorLevel.RAISE
                )[0],
            )


def pair_texts(most: int) -> Iterator[tuple[str, str]]:
    """As many queries of the pairs, taken evenly from all of them."""
    texts = list(dict.fromkeys(text for pair in load_pairs() for text in (pair.solution, pair.answer)))
    for number, text in enumerate(texts[:: max(len(texts) // most, 1)][:most] if most else []):
        yield f"pairs: {number}", text


def tried(text: str) -> tuple[str, str]:
    """By what a text was held to what it was, and what is amiss with it."""
    try:
        laid = lay_out(text)
    except CannotRead as unread:
        return f"refused: {unread.code}", "DuckDB reads it" if duckdb_tree(text) else ""
    if lay_out(laid) != laid:
        return "", f"laid out twice it changes:\n{laid}\n{lay_out(laid)}"
    if comments(laid) != comments(text):
        return "", f"comments: {comments(text)} became {comments(laid)}"
    held = []
    if (tree := duckdb_tree(text)) is not None:
        held.append("DuckDB")
        if duckdb_tree(laid) != tree:
            return "", f"another tree for DuckDB:\n{laid}"
    if parsed(text) is not None:
        held.append("sqlglot")
        if not same_tree(text, laid):
            return "", f"another tree for sqlglot:\n{laid}"
    return f"same tree for {' and '.join(held)}" if held else "same words", ""


def tried_as_bigquery(text: str) -> tuple[str, str]:
    """The same for a text in BigQuery's dialect."""
    laid = lay_out(text, "bigquery")
    if lay_out(laid, "bigquery") != laid:
        return "", f"laid out twice it changes:\n{laid}"
    same = sqlglot.parse(laid, dialect="bigquery") == sqlglot.parse(text, dialect="bigquery")
    return "same tree for sqlglot", "" if same else f"another tree for sqlglot:\n{laid}"


def duckdb_tree(sql: str) -> Any:
    """DuckDB's own parse of a query, without the places in its text; None if it is none."""
    found = HERE.execute("SELECT json_serialize_sql(?::VARCHAR)", [as_literals(sql)]).fetchone()
    tree = json.loads(found[0]) if found else {"error": True}
    return None if tree["error"] else _without_places(tree["statements"])


def _without_places(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _without_places(value) for key, value in tree.items() if not key.startswith("query_location")}
    return [_without_places(each) for each in tree] if isinstance(tree, list) else tree


def comments(sql: str) -> list[str]:
    """A text's comments, in their order."""
    atoms, tail = read_atoms(sql, "duckdb")
    inside = [
        [
            *(each.text for each in atom.before),
            *([atom.text] if atom.text.startswith("/*") else []),
            *([atom.after.text] if atom.after else []),
        ]
        for atom in atoms
    ]
    return [*(text for each in inside for text in each), *(each.text for each in tail)]


if __name__ == "__main__":
    main()

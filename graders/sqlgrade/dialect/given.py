"""Views that a task gives beside its tables (`lesson.scored`): an answer that reads one is run with it written out in a WITH.

So all that is done with an answer, from the data on which it is tried to the search for its mistake, is done with the tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import TokenType

from sqlgrade.dialect.heading import DUCKDB
from sqlgrade.dialect.table_names import tokens_of, without_schemas
from sqlgrade.parse import parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlglot.tokenizer_core import Token

_BEGINS = frozenset({"SELECT", "FROM", "VALUES", "(", "WITH", "PIVOT", "UNPIVOT", "TABLE"})


@dataclass(frozen=True)
class WrittenOut:
    """A text with the views that it reads in a WITH before it."""

    sql: str
    start: int
    """Where the views were put in."""
    length: int
    """How many characters they are."""


def flat_name(name: str) -> str:
    """The name of a view in a WITH: `lesson__scored` of `lesson.scored`, which nobody calls a step of their own."""
    return name.replace(".", "__")


def paths_of(given: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Flat name -> the path of each view, as table_names.without_schemas takes them."""
    return {flat_name(name): tuple(name.split(".")) for name in given}


def reads_given(text: str, given: Mapping[str, str]) -> bool:
    """Whether a text may speak of one of the views, whatever it is written in."""
    return any(_mentioned(name, text) for name in given)


def given_for(text: str, given: Mapping[str, str] | None) -> Mapping[str, str]:
    """The views for a text that may speak of one of them; none for any other, which need not pay for them."""
    return given if given and reads_given(text, given) else {}


def written_out(text: str, given: Mapping[str, str], dialect: str = DUCKDB) -> WrittenOut | None:
    """A query with the views that it reads written out; None where it reads none, or has no place for them.

    Args:
        text: in which the views go by their own names or their flat ones.
        given: name -> query; a view may read those before it.
        dialect: what all of them are written in.
    """
    lowered = text.lower()
    if not (reads_given(text, given) or any(flat_name(name).lower() in lowered for name in given)):
        return None
    plain = without_schemas(text, paths_of(given), dialect)
    queries = _flat(tuple(given.items()), dialect)
    wanted = list(_wanted(plain, queries))
    place = _place(plain, dialect) if wanted else None
    if place is None:
        return None
    at, has_with = place
    steps = ",\n".join(f"{flat_name(name)} AS (\n{queries[name]}\n)" for name in wanted)
    put = f"{steps},\n" if has_with else f"WITH {steps}\n"
    return WrittenOut(plain[:at] + put + plain[at:], at, len(put))


@lru_cache(maxsize=64)
def _flat(given: tuple[tuple[str, str], ...], dialect: str) -> Mapping[str, str]:
    """The views' queries with their flat names: a course reads the same ones for each of its texts."""
    paths = paths_of(dict(given))
    return {name: without_schemas(query, paths, dialect) for name, query in given}


def without_flat_names(text: str, given: Mapping[str, str]) -> str:
    """A sentence's words with the views by their own names."""
    for name in given:
        alias = name.rpartition(".")[2]
        text = re.sub(rf"\b{flat_name(name)}\b(?: AS {alias}\b)?", name, text)
    return text


def is_read(name: str, sql: str, given: Iterable[str]) -> bool:
    """Whether a query in which given views are written out reads this one itself, and not only through another."""
    flat = flat_name(name).lower()
    if flat not in sql.lower():  # most queries read none, and to parse one takes a while
        return False
    tree = parsed(sql)
    if tree is None:
        return False
    steps = {flat_name(each).lower() for each in given}
    inside = {
        id(each) for cte in tree.find_all(exp.CTE) if cte.alias.lower() in steps for each in cte.find_all(exp.Table)
    }
    return any(each.name.lower() == flat and id(each) not in inside for each in tree.find_all(exp.Table))


def _mentioned(name: str, text: str) -> re.Match[str] | None:
    gap = r'[\s"`]*\.[\s"`]*'
    return re.search(rf"\b{gap.join(map(re.escape, name.split('.')))}\b", text, re.IGNORECASE)


def mention(text: str, given: Mapping[str, str]) -> tuple[int, int]:
    """Where a text first speaks of one of the views; its beginning where it does nowhere."""
    found = [match.span() for name in given if (match := _mentioned(name, text))]
    return min(found, default=(0, 0))


def _wanted(plain: str, queries: Mapping[str, str]) -> Iterator[str]:
    """The views that a text reads, by itself or through one another, each behind those that it reads; all by their flat names."""
    wanted: set[str] = set()
    texts = [plain]
    while texts:
        words = {word.lower() for word in re.findall(r"\w+", texts.pop())}
        for name, query in queries.items():
            if name not in wanted and flat_name(name).lower() in words:
                wanted.add(name)
                texts.append(query)
    return (name for name in queries if name in wanted)


def _place(text: str, dialect: str) -> tuple[int, bool] | None:
    """Where steps can stand before a query, and whether it has a WITH already; None for what is no query."""
    try:
        tokens = tokens_of(text, dialect)
    except SqlglotError:
        return None
    if not tokens or tokens[0].text.upper() not in _BEGINS:
        return None
    first = _unbracketed(tokens)
    if tokens[first].token_type is not TokenType.WITH:
        return tokens[0].start, False
    steps = tokens[first + 1 :]
    if steps and steps[0].text.upper() == "RECURSIVE":
        steps = steps[1:]
    return (steps[0].start, True) if steps else None


def _unbracketed(tokens: list[Token]) -> int:
    """The number of the first word behind the brackets around the whole: before those DuckDB takes no second WITH."""
    opened, closed_by = [], {}
    for place, token in enumerate(tokens):
        if token.token_type is TokenType.L_PAREN:
            opened.append(place)
        elif token.token_type is TokenType.R_PAREN and opened:
            closed_by[opened.pop()] = place
    first, last = 0, len(tokens) - 1
    while last > 0 and tokens[last].token_type is TokenType.SEMICOLON:
        last -= 1
    while first < last and closed_by.get(first) == last:
        first, last = first + 1, last - 1
    return first

"""How an answer's result differs: the counterexample side by side, example rows of the practice data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlglot import exp

from classroom.messages import say
from classroom.session.table_view import value_text
from classroom.session.verdict.columns_that_matter import in_sight, matter, mentioned, tables_named
from classroom.session.verdict.comparing import RowMark, mark_rows
from classroom.session.verdict.record import Comparison, Part, ShownTable
from classroom.session.verdict.sentences import sentence
from sqlgrade.parse import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlgrade.verdict import Diff, SmallTable, Verdict

_MOST_ROWS = 8
_SMALL_ROWS = 40
"""A result of more rows is not called small: a table that is the same in all data, such as a calendar, keeps its size."""
_SIGNS = "+−≠↕"


def comparison_of(verdict: Verdict, lang: str) -> Comparison | None:
    """Both results on the smallest data on which the answer is wrong; None where no such data is shown."""
    shown = verdict.counterexample
    if shown is None:
        return None
    sides, failure = [], ""
    if shown.error is not None:
        failure = say("verdict.your_failure", lang, message=shown.error.message.split("\n", 1)[0])
    elif shown.learner is not None:
        sides.append(side_of("verdict.your_result", shown.learner, shown.expected, "+", lang))
    if shown.expected is not None:
        sides.append(side_of("verdict.expected_result", shown.expected, shown.learner, "−", lang))
    seen = {sign for side in sides for sign in side.signs}
    legend = "　".join(sentence(f"sign.{name}", lang) for name, sign in _named_signs() if sign in seen)
    results = [each for each in (shown.learner, shown.expected) if each is not None]
    small = all(len(each.rows) <= _SMALL_ROWS for each in results)
    return Comparison(say("verdict.example" if small else "verdict.example_large", lang), tuple(sides), failure, legend)


def tables_part(
    verdict: Verdict, queries: Sequence[str], lang: str, keys: Mapping[str, Sequence[str]]
) -> Iterator[Part]:
    """What the tables of the counterexample hold, in the columns that matter; `keys` has each table's by its lower-case name."""
    shown = verdict.counterexample
    filled = {name: table for name, table in shown.tables.items() if table.rows} if shown else {}
    names, named = mentioned(queries), tables_named(queries)
    matters = {name: matter(table, names, keys.get(name.lower(), ())) for name, table in filled.items()}
    few = [_picked(name, table, matters[name]) for name, table in filled.items() if name.lower() in named]
    if few:
        yield Part(say("verdict.tables", lang), tables=tuple(few))
    cut = [
        (name, table)
        for name, table in filled.items()
        if name.lower() not in named or len(matters[name]) < len(table.columns)
    ]
    if cut:
        whole = tuple(_picked(name, table, range(len(table.columns))) for name, table in cut)
        yield Part(say("verdict.all_columns", lang), tables=whole, folded=True)


def practice_tables(verdict: Verdict, mine: Sequence[str], theirs: Sequence[str], lang: str) -> tuple[ShownTable, ...]:
    """Up to three rows each that are missing, too many or changed on the practice data.

    Args:
        verdict: What the judge found.
        mine: The names of the learner's columns.
        theirs: The names of the columns that were asked for.
        lang: `ja` or `en`.
    """
    diff = verdict.practice_diff
    return tuple(_practice_rows(diff, mine, theirs, lang)) if diff is not None else ()


def column_names(sql: str) -> tuple[str, ...]:
    """The names of a query's columns; none where it can't be read."""
    tree = parsed(sql)
    return tuple(str(name) for name in tree.named_selects) if isinstance(tree, exp.Query) else ()


def _named_signs() -> Iterator[tuple[str, str]]:
    yield from zip(("mine", "expected", "changed", "moved"), _SIGNS, strict=True)


def _practice_rows(diff: Diff, mine: Sequence[str], theirs: Sequence[str], lang: str) -> Iterator[ShownTable]:
    if diff.missing:
        yield _titled(say("verdict.practice_missing", lang), theirs, diff.missing, [])
    if diff.extra:
        yield _titled(say("verdict.practice_extra", lang), mine, diff.extra, [])
    if diff.changed:
        marks = []
        for one, two in diff.changed:
            cells = frozenset(at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b)
            marks += [RowMark("≠", cells), RowMark("→", cells)]
        rows = [row for pair in diff.changed for row in pair]
        yield _titled(say("verdict.practice_changed", lang), theirs, rows, marks)


def _titled(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], marks: Sequence[RowMark]) -> ShownTable:
    width = len(rows[0])
    names = list(columns) if len(columns) == width and "*" not in columns else [""] * width
    return _shown(title, names, [""] * width, rows, marks)


def side_of(code: str, own: SmallTable, other: SmallTable | None, only_here: str, lang: str) -> ShownTable:
    """One of two results, its rows and cells marked where the other differs; `only_here` marks rows that it alone has."""
    title = say(code, lang, rows=len(own.rows))
    marks, kept = mark_rows(own, other, only_here), in_sight(own, other)
    if len(kept) == len(own.columns):
        return _shown(title, own.columns, own.types, own.rows, marks)
    rest = say("verdict.more_columns", lang, count=len(own.columns) - len(kept))
    columns, types = [*(own.columns[at] for at in kept), rest], [*(own.types[at] for at in kept), ""]
    rows = [[*(row[at] for at in kept), "…"] for row in own.rows]
    return _shown(title, columns, types, rows, [_moved(each, kept) for each in marks])


def _moved(mark: RowMark, kept: Sequence[int]) -> RowMark:
    """The mark where only these columns are shown, and after them one place for all others."""
    rest = {len(kept)} if mark.cells - set(kept) else set()
    return RowMark(mark.sign, frozenset({to for to, at in enumerate(kept) if at in mark.cells} | rest))


def _picked(name: str, table: SmallTable, columns: Sequence[int]) -> ShownTable:
    rows = [[row[at] for at in columns] for row in table.rows]
    return _shown(name, [table.columns[at] for at in columns], [table.types[at] for at in columns], rows, ())


def _shown(
    title: str,
    columns: Sequence[str],
    types: Sequence[str],
    rows: Sequence[Sequence[Any]],
    marks: Sequence[RowMark],
) -> ShownTable:
    first = _first_shown([mark.sign for mark in marks])
    cut, marks = rows[first : first + _MOST_ROWS], marks[first : first + _MOST_ROWS]
    texts = tuple(
        tuple(None if value is None else value_text(value) if value != "" else "" for value in row) for row in cut
    )
    return ShownTable(
        title,
        tuple(columns),
        tuple(types),
        texts,
        tuple(mark.sign for mark in marks),
        tuple(tuple(sorted(mark.cells)) for mark in marks),
        len(rows) - len(cut),
    )


def _first_shown(signs: Sequence[str]) -> int:
    """The first row to show: the top one, or the one before the first that differs where that lies too far below."""
    differs = next((at for at, sign in enumerate(signs) if sign), 0)
    return differs - 1 if differs >= _MOST_ROWS else 0

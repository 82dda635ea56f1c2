"""How an answer's result differs: the counterexample side by side, example rows of the practice data."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from classroom.desk.table_view import table_html, table_text
from classroom.messages import say
from classroom.panel.columns_that_matter import matter, mentioned, tables_named
from classroom.panel.comparing import RowMark, mark_rows
from sqlgrade.parse import parsed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlgrade.verdict import Diff, Table, Verdict

_MOST_ROWS = 8


@dataclass(frozen=True)
class Block:
    """A part of a card, in HTML and in text."""

    html: str
    plain: str


def example_blocks(verdict: Verdict, queries: Sequence[str], lang: str) -> list[Block]:
    """The small data on which the answer is wrong: both results with a legend, then the tables to open."""
    shown = verdict.counterexample
    if shown is None:
        return []
    sides = []
    if shown.error is not None:
        sentence = say("verdict.your_failure", lang, message=shown.error.message.split("\n", 1)[0])
        sides.append(Block(f"<div><p>{escape(sentence)}</p></div>", sentence))
    elif shown.learner is not None:
        sides.append(_side("verdict.your_result", shown.learner, shown.expected, "+", lang))
    if shown.expected is not None:
        sides.append(_side("verdict.expected_result", shown.expected, shown.learner, "−", lang))
    title, legend = say("verdict.example", lang), say("verdict.legend", lang)
    tables = _tables(shown.tables, queries, lang)
    html = f'<h5>{escape(title)}</h5><div class="pg-side">{"".join(each.html for each in sides)}</div>'
    html += f'<div class="pg-caption">{escape(legend)}</div>{tables.html}'
    return [Block(html, "\n".join([f"[{title}]", *(each.plain for each in sides), legend, tables.plain]))]


def practice_blocks(verdict: Verdict, mine: Sequence[str], theirs: Sequence[str], lang: str) -> list[Block]:
    """Up to three rows that are missing, too many or changed on the practice data; folded beside a counterexample.

    Args:
        verdict: What the judge found.
        mine: The names of the learner's columns.
        theirs: The names of the columns that were asked for.
        lang: `ja` or `en`.
    """
    diff = verdict.practice_diff
    if diff is None:
        return []
    blocks = _practice_rows(diff, mine, theirs, lang)
    if verdict.counterexample is None or not blocks:
        return blocks
    title = say("verdict.practice", lang)
    html = f"<details><summary>{escape(title)}</summary>{''.join(each.html for each in blocks)}</details>"
    return [Block(html, "\n".join(each.plain for each in blocks))]


def column_names(sql: str) -> tuple[str, ...]:
    """The names of a query's columns; none where it can't be read."""
    tree = parsed(sql)
    return tuple(str(name) for name in tree.named_selects) if isinstance(tree, exp.Query) else ()


def _practice_rows(diff: Diff, mine: Sequence[str], theirs: Sequence[str], lang: str) -> list[Block]:
    blocks = []
    if diff.missing:
        blocks.append(_titled(say("verdict.practice_missing", lang), theirs, diff.missing, []))
    if diff.extra:
        blocks.append(_titled(say("verdict.practice_extra", lang), mine, diff.extra, []))
    if diff.changed:
        marks = []
        for one, two in diff.changed:
            cells = frozenset(at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b)
            marks += [RowMark("≠", cells), RowMark("→", cells)]
        blocks.append(
            _titled(
                say("verdict.practice_changed", lang), theirs, [row for pair in diff.changed for row in pair], marks
            )
        )
    return blocks


def _titled(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], marks: Sequence[RowMark]) -> Block:
    width = len(rows[0])
    names = list(columns) if len(columns) == width and "*" not in columns else [""] * width
    types = [""] * width
    html = f'<h5>{escape(title)}</h5><div class="pg-scroll">{table_html(names, types, rows, marks)}</div>'
    return Block(html, f"[{title}]\n{table_text(names, types, rows, marks)}")


def _side(code: str, own: Table, other: Table | None, only_here: str, lang: str) -> Block:
    title = say(code, lang, rows=len(own.rows))
    inner = _table(own.columns, own.types, own.rows, mark_rows(own, other, only_here), lang)
    return Block(f"<div><h5>{escape(title)}</h5>{inner.html}</div>", f"{title}\n{inner.plain}")


def _tables(tables: Mapping[str, Table], queries: Sequence[str], lang: str) -> Block:
    """The tables that the queries name, in the columns that matter; the rest under a fold of its own."""
    filled = {name: table for name, table in tables.items() if table.rows}
    if not filled:
        return Block("", "")
    names, named = mentioned(queries), tables_named(queries)
    parts = [(name, table, matter(name, table, names)) for name, table in filled.items()]
    title, every = say("verdict.tables", lang), say("verdict.all_columns", lang)
    few = [(name, _picked(table, columns, lang)) for name, table, columns in parts if name.lower() in named]
    cut = [(name, table) for name, table, columns in parts if name not in named or len(columns) < len(table.columns)]
    html = _side_by_side(few)
    if cut:
        whole = [(name, _picked(table, range(len(table.columns)), lang)) for name, table in cut]
        html += f"<details><summary>{escape(every)}</summary>{_side_by_side(whole)}</details>"
    plain = "\n".join([f"[{title}]", *(f"{name}\n{block.plain}" for name, block in few)])
    return Block(f"<details><summary>{escape(title)}</summary>{html}</details>", plain)


def _side_by_side(parts: Sequence[tuple[str, Block]]) -> str:
    inner = "".join(f"<div><h5>{escape(name)}</h5>{block.html}</div>" for name, block in parts)
    return f'<div class="pg-side">{inner}</div>'


def _picked(table: Table, columns: Sequence[int], lang: str) -> Block:
    rows = [[row[at] for at in columns] for row in table.rows]
    return _table([table.columns[at] for at in columns], [table.types[at] for at in columns], rows, (), lang)


def _table(
    columns: Sequence[str], types: Sequence[str], rows: Sequence[Sequence[Any]], marks: Sequence[RowMark], lang: str
) -> Block:
    cut = rows[:_MOST_ROWS]
    html = f'<div class="pg-scroll">{table_html(columns, types, cut, marks)}</div>'
    plain = table_text(columns, types, cut, marks)
    if len(rows) > len(cut):
        more = say("verdict.more_rows", lang, count=len(rows) - len(cut))
        html, plain = f'{html}<div class="pg-caption">{escape(more)}</div>', f"{plain}\n{more}"
    return Block(html, plain)

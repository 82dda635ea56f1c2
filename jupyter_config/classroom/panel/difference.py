"""How an answer's result differs: the counterexample side by side, example rows of the practice data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from classroom.kernel.table_view import table_html, table_text
from classroom.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlgrade.verdict import Table, Verdict

_MOST_ROWS = 8


@dataclass(frozen=True)
class Block:
    """A part of a card, in HTML and in text."""

    html: str
    plain: str


def example_blocks(verdict: Verdict, lang: str) -> list[Block]:
    """The small data on which the answer is wrong: both results, then the tables to open."""
    shown = verdict.counterexample
    if shown is None:
        return []
    sides = []
    if shown.error is not None:
        sentence = say("verdict.your_failure", lang, message=shown.error.message.split("\n", 1)[0])
        sides.append(Block(f"<div><p>{escape(sentence)}</p></div>", sentence))
    elif shown.learner is not None:
        sides.append(_side("verdict.your_result", shown.learner, shown.expected, "pg-only", lang))
    if shown.expected is not None:
        sides.append(_side("verdict.expected_result", shown.expected, shown.learner, "pg-lack", lang))
    title = say("verdict.example", lang)
    tables = _tables(shown.tables, lang)
    html = f'<h5>{escape(title)}</h5><div class="pg-side">{"".join(each.html for each in sides)}</div>{tables.html}'
    return [Block(html, "\n".join([f"[{title}]", *(each.plain for each in sides), tables.plain]))]


def practice_blocks(verdict: Verdict, lang: str) -> list[Block]:
    """Up to three rows that are missing or too many on the practice data."""
    diff = verdict.practice_diff
    if diff is None or verdict.counterexample is not None:
        return []
    blocks = []
    for code, rows in (("verdict.practice_missing", diff.missing), ("verdict.practice_extra", diff.extra)):
        if rows:
            columns = [""] * len(rows[0])
            types = [_guessed(value) for value in rows[0]]
            title = say(code, lang)
            html = f'<h5>{escape(title)}</h5><div class="pg-scroll">{table_html(columns, types, rows)}</div>'
            blocks.append(Block(html, f"[{title}]\n{table_text(columns, types, rows)}"))
    return blocks


def _side(code: str, own: Table, other: Table | None, css: str, lang: str) -> Block:
    left_over = Counter(map(_key, other.rows)) if other else Counter()
    marks = []
    for row in own.rows:
        found = left_over[_key(row)] > 0
        left_over[_key(row)] -= found
        marks.append("" if found else css)
    title = say(code, lang, rows=len(own.rows))
    inner = _table(own.columns, own.types, own.rows, marks, lang)
    return Block(f"<div><h5>{escape(title)}</h5>{inner.html}</div>", f"{title}\n{inner.plain}")


def _tables(tables: Mapping[str, Table], lang: str) -> Block:
    filled = {name: table for name, table in tables.items() if table.rows}
    parts = [(name, _table(each.columns, each.types, each.rows, (), lang)) for name, each in filled.items()]
    title = say("verdict.tables", lang)
    inner = "".join(f"<div><h5>{escape(name)}</h5>{block.html}</div>" for name, block in parts)
    html = f'<details><summary>{escape(title)}</summary><div class="pg-side">{inner}</div></details>' if parts else ""
    return Block(html, "\n".join([f"[{title}]", *(f"{name}\n{block.plain}" for name, block in parts)] if parts else []))


def _table(
    columns: Sequence[str], types: Sequence[str], rows: Sequence[Sequence[Any]], marks: Sequence[str], lang: str
) -> Block:
    cut = rows[:_MOST_ROWS]
    html = f'<div class="pg-scroll">{table_html(columns, types, cut, marks)}</div>'
    plain = table_text(columns, types, cut)
    if len(rows) > len(cut):
        more = say("verdict.more_rows", lang, count=len(rows) - len(cut))
        html, plain = f'{html}<div class="pg-caption">{escape(more)}</div>', f"{plain}\n{more}"
    return Block(html, plain)


def _key(row: Sequence[Any]) -> tuple[str, ...]:
    return tuple(repr(value) for value in row)


def _guessed(value: Any) -> str:
    return "DOUBLE" if isinstance(value, (int, float)) and not isinstance(value, bool) else ""

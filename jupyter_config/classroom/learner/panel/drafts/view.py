"""%draft: the form to fill in, and what the review desk has to say of a draft below it. It never says that a draft is right."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from classroom.learner.panel.drafts.counted import counted
from classroom.learner.panel.drafts.found import DeskCheck, Found
from classroom.learner.panel.drafts.request import MESSAGES, AskedFor, form, request_in
from classroom.learner.panel.drafts.shape import Draft
from classroom.learner.panel.drafts.suspicions import suspicions
from classroom.learner.panel.notices import notice
from classroom.learner.panel.steps import StepKind, plan_steps, walk_steps
from classroom.learner.practice.cards import run_button
from classroom.learner.state.reading import NotRun, read_query, why_ended
from classroom.messages import say_in
from classroom.session.display import Display, page
from classroom.session.result import run_query
from classroom.session.table_view import texts_html
from sqlgrade.parse import parsed

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk

_log = logging.getLogger(__name__)
_LOOK = "⚠"
_MOST_MEANINGS = 20
_Table = tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]]
"""Title, head and rows."""


def show_draft(desk: Desk, sql: str, written: str) -> Display:
    """What there is to know of a draft; the form, where there is none yet.

    Args:
        desk: The sitting.
        sql: The query that ran last, in DuckDB's dialect.
        written: The same as the learner wrote it, with the request in its comments.
    """
    if not sql:
        desk.next_input = form(desk.lang)
        return notice(_say(desk, "title"), _say(desk, "how" if desk.assistant is None else "how_or_ask"))
    return look_through(desk, sql, request_in(written)) or notice(_say(desk, "title"), _say(desk, "cannot"))


def look_through(desk: Desk, sql: str, request: AskedFor, head: Section | None = None) -> Display | None:
    """The five checks on the practice data, what shows by reading, and what only people know; None where it can't be taken apart.

    Args:
        desk: The sitting.
        sql: The draft, in DuckDB's dialect.
        request: What was asked for.
        head: What stands above that; the steps are then not offered, for it is not what has run last.

    Raises:
        NotRun: as read_query, or it was ended.
    """
    import duckdb

    statement = read_query(desk, sql, "draft")
    tree = parsed(statement.sql)
    if tree is None or statement.kind != "SELECT":
        return None
    draft = Draft(tree, desk.session.schema)

    def listed(query: str) -> list[tuple[object, ...]]:
        return [tuple(row) for row in run_query(desk.session.connection, query).rows]

    def run(query: str) -> tuple[Sequence[str], Sequence[str], Sequence[Sequence[object]]]:
        result = run_query(desk.session.connection, query)
        return result.columns, result.types, result.rows

    try:
        with desk.session.watch.over(desk.session.limits.seconds):
            steps = list(walk_steps(plan_steps(statement.sql), run))
            found = [*counted(draft, statement.sql.rstrip().rstrip(";"), request, steps, listed)]
            found += suspicions(draft, lambda query: int(str(listed(query)[0][0])), listed)
    except (duckdb.Error, RuntimeError, MemoryError) as fault:
        if ended := why_ended(desk, sql, fault):
            raise NotRun(ended) from fault
        _log.warning("a draft could not be looked through", exc_info=True)
        return None
    can_step = head is None and any(each.step.kind is not StepKind.WHOLE for each in steps)
    return _card(desk, request, draft, found, can_step=can_step, head=head or Section(_say(desk, "title")))


@dataclass(frozen=True)
class Section:
    """What stands above the checks."""

    title: str
    html: str = ""
    plain: tuple[str, ...] = ()


def _card(
    desk: Desk, request: AskedFor, draft: Draft, found: Sequence[Found], *, can_step: bool, head: Section
) -> Display:
    html, plain = [f'<div class="pg-title">{escape(head.title)}</div>{head.html}'], [head.title, *head.plain]
    first = _say(desk, "intro", count=sum(each.to_look_at for each in found), mark=_LOOK)
    html.append(f"<p>{escape(first)}</p>")
    plain.append(first)
    for check in DeskCheck:
        one, two = _listed(desk, check, [each for each in found if each.check is check])
        html.append(one)
        plain += two
    for title, names, rows in _tables(desk, request, draft):
        html.append(f'<h5>{escape(title)}</h5><div class="pg-scroll" tabindex="0">{texts_html(names, rows)}</div>')
        plain += [title, *("  ".join(row) for row in rows)]
    last = _say(desk, "never_right")
    step = f'<p class="pg-live">{run_button("steps", _say(desk, "step_through"))}</p>' if can_step else ""
    html.append(f"<p><b>{escape(last)}</b></p>{step}")
    plain.append(last)
    whole = f'<section class="pg-card pg-quiet" aria-label="{escape(head.title)}">{"".join(html)}</section>'
    return page(whole, "\n".join(plain))


def _listed(desk: Desk, check: DeskCheck, found: Sequence[Found]) -> tuple[str, list[str]]:
    """One check with what it shows, as HTML and in lines."""
    head = _say(desk, f"check.{check.value}")
    if not found:
        nothing = _say(desk, "found.nothing_to_read")
        return f"<h5>{escape(head)}</h5><ul><li>{escape(nothing)}</li></ul>", [head, f"- {nothing}"]
    lines = [(f"{_LOOK} " if each.to_look_at else "") + _sentence(desk, each) for each in found]
    items = "".join(f"<li>{escape(line)}{_shown(each.sql)}</li>" for line, each in zip(lines, found, strict=True))
    plain = [f"- {line}" + (f"\n{each.sql}" if each.sql else "") for line, each in zip(lines, found, strict=True)]
    return f"<h5>{escape(head)}</h5><ul>{items}</ul>", [head, *plain]


def _sentence(desk: Desk, found: Found) -> str:
    params = {name: _figure(value) for name, value in found.params.items()}
    block = params.pop("block", "")
    said = _say(desk, f"found.{found.code}", **params)
    return _say(desk, "in_block", block=block, said=said) if block else said


def _figure(value: object) -> object:
    if isinstance(value, float):
        if not math.isfinite(value):  # what DuckDB gives for a division by zero
            return str(value)
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else value


def _shown(sql: str) -> str:
    return f"<pre>{escape(sql)}</pre>" if sql else ""


def _tables(desk: Desk, request: AskedFor, draft: Draft) -> list[_Table]:
    """What was asked for beside what the draft does, and the meaning of its columns."""
    nothing, ask = _say(desk, "does.nothing"), _say(desk, "ask")
    grain = {"": _say(desk, "does.as_read"), "*": _say(desk, "does.one_row")}.get(draft.grain, draft.grain)
    does = {
        "grain": grain,
        "period": "\n".join(draft.periods) or nothing,
        "denominator": "\n".join(draft.denominators) or nothing,
        "excluded": _say(desk, "does.read_where"),
    }
    asked = [(_say(desk, f"label.{name}"), request.said[name] or ask, told) for name, told in does.items()]
    entries = {
        each.name: {column.name: column.meaning for column in each.columns}
        for each in desk.marker.course.data.dictionary(desk.lang)
    }
    known = ((f"{table}.{name}", entries.get(table, {}).get(name, "")) for table, name in draft.columns)
    meanings = [each for each in known if each[1]][:_MOST_MEANINGS]
    tables: list[_Table] = [(_say(desk, "beside"), _heads(desk, "what", "asked", "does"), asked)]
    if meanings:
        tables.append((_say(desk, "meanings"), _heads(desk, "column", "meaning"), meanings))
    people = [(_say(desk, f"person.{each}"),) for each in ("definition", "asked", "used", "before", "changed")]
    tables.append((_say(desk, "only_people"), _heads(desk, "question"), people))
    return tables


def _heads(desk: Desk, *names: str) -> tuple[str, ...]:
    return tuple(_say(desk, f"head.{each}") for each in names)


def _say(desk: Desk, code: str, **params: object) -> str:
    return say_in(MESSAGES, code, desk.lang, **params)

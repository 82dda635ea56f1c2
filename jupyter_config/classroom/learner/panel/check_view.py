"""Checks of a right answer that could have failed: rows kept by joins, repeated keys, blanks, the limit."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.learner.panel.offer import sentence
from classroom.learner.state.parameters import as_run
from classroom.session.display import Display, page
from classroom.session.result import run_query

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk
    from classroom.session.case import Case

_SECONDS = 10.0


def show_check(case: Case, desk: Desk) -> Display:
    """Each check with its figures on the practice data, and the query with which to repeat it."""
    sql = as_run(desk, case.exercise, case.judgement.sql).rstrip().rstrip(";")
    connection = desk.session.connection
    with desk.session.watch.over(_SECONDS):
        result = run_query(connection, f"SELECT * FROM ({sql}) AS answer LIMIT 1")
        key = _key_of(result.columns)
        counted = f"SELECT count(*) AS n, count(DISTINCT {key}) AS n_different\nFROM (\n{sql}\n) AS answer"
        rows, different = run_query(connection, counted).rows[0]
        empty = [f"count(*) - count({_quoted(name)})" for name in result.columns]
        empties = run_query(connection, f"SELECT {', '.join(empty)} FROM ({sql}) AS answer").rows[0]
        joined = _joined(desk, sql)
    lines = [sentence("check.rows", case.lang, rows=f"{rows:,}")]
    code = "check.unique" if rows == different else "check.repeated"
    lines.append(
        sentence(code, case.lang, key=key.strip('"'), different=f"{different:,}", more=f"{rows - different:,}")
    )
    blank = ", ".join(f"{name} {n:,}" for name, n in zip(result.columns, empties, strict=True) if n)
    lines.append(sentence("check.blanks" if blank else "check.no_blanks", case.lang, columns=blank))
    lines += [sentence("check.joined", case.lang, before=f"{one:,}", after=f"{two:,}") for one, two in joined]
    told = sentence("check.told", case.lang)
    html = f"<p>{escape(told)}</p><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul><pre>{escape(counted)}</pre>"
    return page(f'<div class="pg-card pg-quiet">{html}</div>', "\n".join([told, *(f"- {x}" for x in lines), counted]))


def _joined(desk: Desk, sql: str) -> list[tuple[int, int]]:
    """Rows before and after each join of the query."""
    from classroom.learner.panel.steps import StepKind, plan_steps

    counts: list[tuple[int, int]] = []
    before = 0
    for step in plan_steps(sql):
        if step.kind not in (StepKind.FROM, StepKind.JOIN):
            continue
        rows = int(run_query(desk.session.connection, f"SELECT count(*) FROM ({step.rows_sql})").rows[0][0])
        if step.kind is StepKind.JOIN:
            counts.append((before, rows))
        before = rows
    return counts


def _key_of(columns: tuple[str, ...]) -> str:
    """The columns whose names say that they are keys, else the first."""
    named = [name for name in columns if name.lower().endswith("_id")]
    return _quoted((named or list(columns))[0])


def _quoted(name: str) -> str:
    return name if name.isascii() and name.isidentifier() else '"' + name.replace('"', '""') + '"'

"""%bigquery: the last query as BigQuery takes it, with what differs, or an honest no."""

from __future__ import annotations

import logging
from html import escape
from typing import TYPE_CHECKING

from classroom.desk.display import Display, page
from classroom.desk.reading import read_query
from classroom.messages import say_in
from classroom.panel.notices import notice
from sqlgrade.parameters import names_in

if TYPE_CHECKING:
    from classroom.desk.desk import Desk
    from classroom.handoff import BytesRead

_log = logging.getLogger(__name__)
_MESSAGES = "classroom.handoff"
_SECONDS = 10.0


def show_bigquery(desk: Desk, sql: str, as_run: str = "") -> Display:
    """The translation of `sql` and what it would read there, or why there is none; `as_run` has values for its parameters."""
    from classroom.handoff import to_bigquery

    title = say_in(_MESSAGES, "handoff.title", desk.lang)
    if not sql:
        return notice(title, say_in("classroom.steps", "no_query", desk.lang, line="%bigquery"))
    names, runs = names_in(sql), as_run or sql
    # without values a query with parameters does not run here
    if not names_in(runs) and read_query(desk, runs, "bigquery").kind == "EXPLAIN":
        return notice(title, say_in(_MESSAGES, "handoff.refused", desk.lang, constructs="EXPLAIN"))
    handoff = to_bigquery(sql, desk.session.schema.column_types)
    if handoff.sql is None:
        return notice(title, say_in(_MESSAGES, "handoff.refused", desk.lang, constructs=", ".join(handoff.refused)))
    notes = [say_in(_MESSAGES, "handoff.same", desk.lang)]
    if names:
        notes.append(say_in(_MESSAGES, "handoff.parameters", desk.lang, names=", ".join(names)))
    differs = [say_in(_MESSAGES, f"difference.{code}", desk.lang) for code in handoff.differences]
    html = f'<div class="pg-card pg-quiet"><div class="pg-title">{escape(title)}</div><pre>{escape(handoff.sql)}</pre>'
    html += "".join(f"<p>{escape(note)}</p>" for note in notes)
    plain = [title, handoff.sql, *notes]
    if differs:
        heading = say_in(_MESSAGES, "handoff.differs", desk.lang)
        html += f"<h5>{escape(heading)}</h5><ul>{''.join(f'<li>{escape(each)}</li>' for each in differs)}</ul>"
        plain += [heading, *(f"- {each}" for each in differs)]
    if costs := _costs(desk, runs):
        heading = say_in(_MESSAGES, "cost.title", desk.lang)
        html += f"<h5>{escape(heading)}</h5><ul>{''.join(f'<li>{escape(each)}</li>' for each in costs)}</ul>"
        plain += [heading, *(f"- {each}" for each in costs)]
    return page(f"{html}</div>", "\n".join(plain))


def _costs(desk: Desk, sql: str) -> list[str]:
    """What a query would read in BigQuery, in sentences; none where that cannot be told."""
    import duckdb

    from classroom.handoff import bytes_read

    session = desk.session
    schema = {
        table.name.lower(): {name: column.type for name, column in table.columns.items()}
        for table in session.schema.tables.values()
    }
    try:
        with session.watch.over(_SECONDS):
            found = bytes_read(sql, schema, lambda asked: session.connection.execute(asked).fetchall()[0])
    except duckdb.Error:
        _log.info("what a query would read in BigQuery was not measured", exc_info=True)
        return []
    return _told(found, desk.lang) if found is not None and found.touched else []


def _told(found: BytesRead, lang: str) -> list[str]:
    def told(code: str, **params: object) -> str:
        return say_in(_MESSAGES, f"cost.{code}", lang, **params)

    columns = ", ".join(f"{each.table}.{name}" for each in found.touched for name in each.columns)
    sizes = {"read": size_told(found.read), "all": size_told(found.all_columns)}
    said = [told("read", columns=columns, **sizes) if columns else told("no_column", **sizes)]
    days = ", ".join(f"{each.table}.{each.day_column}" for each in found.touched if each.day_column)
    if found.of_days is not None:
        said.append(told("days", columns=days, read=size_told(found.of_days)))
    hidden = ", ".join(f"{each.table}.{name}" for each in found.touched for name in each.hidden)
    if hidden:
        said.append(told("hidden", columns=hidden))
    return [*said, told("rule")]


def size_told(count: int) -> str:
    """A number of bytes as BigQuery's console shows it: in units of 1,024."""
    units = ("B", "KB", "MB", "GB", "TB")
    power = max(place for place in range(len(units)) if place == 0 or count >= 1024**place)
    return f"{count / 1024**power:.{1 if power else 0}f} {units[power]}"

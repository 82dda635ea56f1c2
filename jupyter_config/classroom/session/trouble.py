"""A failed statement, told to its writer: one plain sentence, one thing to try, then DuckDB's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from classroom.messages import say
from classroom.session.display import Display, page
from sqlgrade.engine.watchdog import Ending
from sqlgrade.nesting import MOST_NESTED
from sqlgrade.tables.result import cut_message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlgrade.errors import ErrorCard
    from sqlgrade.tables.result import RunError

_FORBIDDEN = ("Permission Error", "the configuration has been locked", "read-only mode", "Loading external extensions")
_FILE_AS_TABLE = re.compile(
    r"Table with name [^\n]*(?:[/\\]|\.(?:csv|tsv|parquet|json|txt|duckdb|db|xlsx)\b)[^\n]* does not exist"
)
_CHARACTERS_AN_ID = 10
_LONGEST_MARK = 2_000
_AROUND = 200
"""Characters of a line that are shown before and after a place in it."""


@dataclass(frozen=True)
class Trouble:
    """Why a statement gave no result."""

    title: str
    cause: str
    advice: str
    engine: str = ""
    """DuckDB's own text."""
    sql: str = ""
    start: int | None = None
    """Where in `sql` the trouble is, as a character offset."""
    end: int | None = None
    line: int | None = None
    key: str = ""
    """Which mistake it is, by the name of its sentences; empty where none is known."""
    is_feedback: bool = False
    """Whether it is part of practising, so that the cells below still run."""
    code: str = ""
    """Which mistake it is, as the judge codes it; empty if it is none."""

    @property
    def name(self) -> str:
        """The first words, as the error name that a notebook client shows."""
        return self.engine.split(":", 1)[0] or self.title


def refused(statement_kind: str, lang: str, sql: str) -> Trouble:
    """The answer to a statement that would write, configure or load something."""
    known = {"SET": "settings", "PRAGMA": "settings", "LOAD": "extension", "ATTACH": "file", "COPY": "file"}
    known |= {"EXPORT": "file", "CALL": "call", "VARIABLE_SET": "settings", "DETACH": "file"}
    which = "extension" if sql.strip().upper().startswith(("INSTALL", "FORCE INSTALL")) else None
    why = say(f"refused.{which or known.get(statement_kind, 'write')}", lang)
    return Trouble(say("refused.title", lang), why, say("refused.advice", lang), sql=sql, code="not_allowed")


def of_own_schema(code: str, lang: str, sql: str, **params: object) -> Trouble:
    """A view or table of the learner's own that can't be made or dropped."""
    cause, advice = say(f"own.{code}", lang, **params), say(f"own.{code}_advice", lang, **params)
    return Trouble(say("own.title", lang), cause, advice, sql=sql, code="not_allowed")


def stopped(lang: str, sql: str) -> Trouble:
    """The learner pressed Stop."""
    return Trouble(say("stopped.title", lang), say("stopped.cause", lang), say("stopped.advice", lang), sql=sql)


def out_of_time(seconds: float, lang: str, sql: str, *, busy: bool = False) -> Trouble:
    """The statement took longer than is allowed; that is no mistake if a busy machine held it up."""
    from sqlgrade.query.unjoined import unjoined_tables

    title, cause = say("out_of_time.title", lang), say("out_of_time.cause", lang, seconds=f"{seconds:g}")
    if apart := unjoined_tables(sql):
        advice = say("out_of_time.unjoined", lang, tables=", ".join(apart))
        return Trouble(title, cause, advice, sql=sql, code="limit")
    if busy:
        return Trouble(title, cause, say("out_of_time.busy", lang), sql=sql)
    return Trouble(title, cause, say("out_of_time.advice", lang), sql=sql, code="limit")


def unheeding(ending: Ending, seconds: float, lang: str) -> Trouble:
    """The statement did not end when it was told to, so what ran it was ended with it."""
    by_hand = ending is Ending.STOPPED
    title = say("stopped.title" if by_hand else "out_of_time.title", lang)
    cause = say("unheeding.stopped" if by_hand else "unheeding.out_of_time", lang, seconds=f"{seconds:g}")
    return Trouble(title, cause, say("unheeding.advice", lang), code="" if by_hand else "limit")


def out_of_memory(lang: str, sql: str, message: str) -> Trouble:
    """The statement needed more memory than there is for it."""
    cause, advice = say("out_of_memory.cause", lang), say("out_of_memory.advice", lang)
    return Trouble(say("out_of_memory.title", lang), cause, advice, cut_message(message), sql, code="limit")


def too_deep(lang: str, sql: str) -> Trouble:
    """The statement's brackets stand inside one another too often for the engine to be asked."""
    from sqlgrade.messages import render

    cause, advice = (render(f"error.too_deep.{part}", {"most": MOST_NESTED}, lang) for part in ("cause", "try"))
    return Trouble(say("error.title", lang), cause, advice, sql=sql)


def too_long(what: str, count: int, most: int, lang: str, name: str = "") -> Trouble:
    """A text longer than is run; `what` is a cell, an answer or a % line, which has a name."""
    numbers = {"count": f"{count:,}", "most": f"{most:,}", "ids": f"{most // _CHARACTERS_AN_ID:,}", "name": name}
    cause, advice = (say(f"too_long.{what}{part}", lang, **numbers) for part in ("", "_advice"))
    return Trouble(say("too_long.title", lang), cause, advice)


def several(count: int, lang: str, sql: str) -> Trouble:
    """A text that holds no statement, or more than one, where one was asked for."""
    from sqlgrade.messages import render

    key = "several_statements" if count else "empty"
    cause, advice = (render(f"error.{key}.{part}", {"count": count}, lang) for part in ("cause", "try"))
    return Trouble(say("error.title", lang), cause, advice, sql=sql)


def no_data(lang: str, sql: str) -> Trouble:
    """There is no practice database to ask."""
    return Trouble(say("no_data.title", lang), say("no_data.cause", lang), say("no_data.advice", lang), sql=sql)


def own_fault(lang: str, message: str) -> Trouble:
    """The classroom itself failed: never the learner's fault."""
    return Trouble(say("fault.title", lang), say("fault.cause", lang), say("fault.advice", lang), message)


def no_judge(lang: str, cause: str) -> Trouble:
    """The judge that all learners of a hub share gave no answer."""
    return Trouble(say("verdict.unjudged", lang), cause, say("no_judge.advice", lang))


def explain(message: str, sql: str, names: Mapping[str, Sequence[str]], lang: str) -> Trouble:
    """The engine's complaint as a trouble with a place."""
    message = cut_message(message)
    if any(mark in message for mark in _FORBIDDEN) or _FILE_AS_TABLE.search(message):
        return _forbidden(message, lang, sql)
    from sqlgrade.errors import explain_error
    from sqlgrade.messages import render

    card: ErrorCard = explain_error(message, sql, names)
    params = {"message": message.split("\n", 1)[0], **card.params}
    cause, advice = (render(f"error.{card.key}.{part}", params, lang) for part in ("cause", "try"))
    place = (card.start, card.end, card.line)
    return Trouble(say("error.title", lang), cause, advice, message, sql, *place, code=card.code, key=card.key)


def of_dialect(error: RunError, sql: str, names: Mapping[str, Sequence[str]], lang: str) -> Trouble:
    """Why a text in another dialect can't be run here."""
    from sqlgrade.errors import explain_run_error
    from sqlgrade.messages import render

    told = explain_run_error(error, sql, names)
    key, end = str(told.params.get("card", "engine")), told.params.get("end")
    cause, advice = (
        render(f"error.{key}.{part}", {"message": told.message, **told.params}, lang) for part in ("cause", "try")
    )
    place = (told.position, end if isinstance(end, int) else None, told.line)
    return Trouble(say("error.title", lang), cause, advice, "", sql, *place, code=told.code, key=key)


def show_trouble(trouble: Trouble, lang: str, tools: str = "", *, unfolded: bool = False) -> Display:
    """The error card; `tools` are buttons that mend it, and the engine's own words are folded unless they are all there is."""
    marked = _excerpt_html(trouble)
    engine = ""
    if trouble.engine:
        summary, seen = escape(say("error.engine", lang)), " open" if unfolded else ""
        engine = f"<details{seen}><summary>{summary}</summary><pre>{escape(trouble.engine)}</pre></details>"
    html = (
        f'<div class="pg-card pg-wrong" role="alert">'
        f'<div class="pg-title"><span class="pg-mark" aria-hidden="true">!</span>{escape(trouble.title)}</div>'
        f'<p class="pg-lead">{escape(trouble.cause)}</p>{marked}<p>{escape(trouble.advice)}</p>{tools}{engine}</div>'
    )
    return page(html, trouble_text(trouble))


def trouble_text(trouble: Trouble) -> str:
    """The error card in characters."""
    lines = [f"! {trouble.title}", trouble.cause, trouble.advice]
    return "\n".join([*lines, *(["", trouble.engine] if trouble.engine else [])])


def mark_place(sql: str, start: int, end: int) -> str:
    """The lines around a place in a text as HTML, the place marked."""
    end = min(max(end, start), start + _LONGEST_MARK)
    first = sql.rfind("\n", 0, start) + 1
    last = sql.find("\n", end)
    last = len(sql) if last < 0 else last
    inside = sql[start:end] or " "
    before, after = sql[max(first, start - _AROUND) : start], sql[end : min(last, end + _AROUND)]
    dots = ("…" if first < start - _AROUND else "", "…" if last > end + _AROUND else "")
    return f"<pre>{dots[0]}{escape(before)}<mark>{escape(inside)}</mark>{escape(after)}{dots[1]}</pre>"


def _excerpt_html(trouble: Trouble) -> str:
    if trouble.start is None:
        return ""
    return mark_place(trouble.sql, trouble.start, trouble.end if trouble.end is not None else trouble.start + 1)


def _forbidden(message: str, lang: str, sql: str) -> Trouble:
    which = "settings" if "locked" in message else "extension" if "extension" in message.lower() else "file"
    lowered = sql.lower()
    if which == "file" and any(scheme in lowered for scheme in ("http://", "https://", "s3://", "gs://", "hf://")):
        which = "network"
    if which == "file" and "install" in lowered:
        which = "extension"
    cause, advice = say(f"refused.{which}", lang), say("refused.advice", lang)
    return Trouble(say("refused.title", lang), cause, advice, message, sql, code="not_allowed")

"""The calendar of an alert: on which nights it rang, and on which it should have."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING

from classroom.session.table_view import value_text
from classroom.session.verdict.record import Comparison, ShownTable
from classroom.session.verdict.sentences import sentence
from coursebook.messages import render
from sqlgrade.verdict import Flaw, NightOutcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.verdict import NightMark, Verdict

_SIGNS = {NightOutcome.RUNG: "●", NightOutcome.SILENT: "・", NightOutcome.MISSED: "○", NightOutcome.FALSE: "×"}
_FLAWED = "△"
_TEXT = "VARCHAR"


def calendar_of(verdict: Verdict, lang: str) -> Comparison | None:
    """A calendar for each run of nights, and the first night to look at; None for any other answer."""
    if not verdict.nights:
        return None
    runs = [list(nights) for _, nights in groupby(verdict.nights, key=lambda mark: mark.run)]
    sides = tuple(_calendar(marks, sentence("calendar.run", lang, run=marks[0].run), lang) for marks in runs)
    wrong = [mark for mark in verdict.nights if not mark.is_right]
    look = _look_at(min(wrong, key=_how_bad), lang) if wrong else ""
    return Comparison(sentence("calendar.title", lang), sides, look, sentence("calendar.legend", lang))


def nights_in_short(verdict: Verdict, lang: str) -> str:
    """How many nights were missed, and how many false alarms there were."""
    planted = [mark for mark in verdict.nights if mark.rings]
    params = {
        "nights": len(verdict.nights),
        "planted": len(planted),
        "others": len(verdict.nights) - len(planted),
        "missed": sum(mark.outcome is NightOutcome.MISSED for mark in verdict.nights),
        "false": sum(mark.outcome is NightOutcome.FALSE for mark in verdict.nights),
        "flawed": sum(mark.flaw is not Flaw.NONE for mark in verdict.nights),
    }
    if all(mark.is_right for mark in verdict.nights):
        return sentence("calendar.right", lang, **params)
    said = [sentence("calendar.wrong", lang, **params)] if params["missed"] or params["false"] else []
    said += [sentence("calendar.flawed", lang, **params)] if params["flawed"] else []
    return (" " if lang == "en" else "").join(said)


def _calendar(marks: Sequence[NightMark], title: str, lang: str) -> ShownTable:
    """Weeks downwards, Monday to Sunday across; wrong nights are marked."""
    weeks: dict[dt.date, list[NightMark]] = {}
    for mark in marks:
        day = dt.date.fromisoformat(mark.day)
        weeks.setdefault(day - dt.timedelta(days=day.weekday()), []).append(mark)
    rows, marked = [], []
    for monday, nights in weeks.items():
        cells: list[str | None] = [f"{monday.month}/{monday.day}", *([None] * 7)]
        for mark in nights:
            cells[dt.date.fromisoformat(mark.day).weekday() + 1] = _sign(mark)
        rows.append(tuple("" if cell is None else cell for cell in cells))
        marked.append(tuple(dt.date.fromisoformat(mark.day).weekday() + 1 for mark in nights if not mark.is_right))
    days = tuple(sentence("calendar.days", lang).split())
    return ShownTable(
        title,
        (sentence("calendar.week", lang), *days),
        (_TEXT,) * (len(days) + 1),
        tuple(rows),
        ("",) * len(rows),
        tuple(marked),
    )


def _how_bad(mark: NightMark) -> int:
    """A missed night first, then a false alarm, then a row that is wrong."""
    return [NightOutcome.MISSED, NightOutcome.FALSE, NightOutcome.RUNG, NightOutcome.SILENT].index(mark.outcome)


def _sign(mark: NightMark) -> str:
    if mark.flaw is not Flaw.NONE and mark.rang is mark.rings:
        return _FLAWED
    return _SIGNS[mark.outcome]


def _look_at(mark: NightMark, lang: str) -> str:
    """The night, what happened on it, what the alert did, and the row that it gave."""
    day = dt.date.fromisoformat(mark.day)
    params = {
        "day": mark.day,
        "weekday": sentence("calendar.days", lang).split()[day.weekday()],
        "what": render(f"night.{mark.sort}", {}, lang),
        "run": mark.run,
    }
    flawed = mark.flaw.value if mark.flaw is not Flaw.NONE else ""
    row = ", ".join(f"{name} = {value_text(value)}" for name, value in zip(mark.columns, mark.row, strict=False))
    said = [sentence("calendar.look", lang, **params)]
    said += [sentence(f"calendar.{mark.outcome.value}", lang)] if mark.rang is not mark.rings else []
    said += [sentence(f"calendar.{flawed}", lang)] if flawed else []
    said += [sentence("calendar.row", lang, row=row)] if row else []
    return (" " if lang == "en" else "").join(said)

"""One Expo to be read by a mentor: step by step what was written, what its queries gave, and the log."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.exchange.expo.record import STEP_PARTS, months_of, places, texts_of
from classroom.exchange.expo.seal import sealed_plan
from classroom.exchange.expo.spoiling import FAULTS
from classroom.exchange.expo.words import label_code, plain
from classroom.mentor.expo.expos import moment_of
from classroom.mentor.place.calendar import in_zone
from classroom.mentor.place.wording import told
from classroom.messages import say_in
from classroom.session.kpi_tree import NODES
from classroom.session.shots import table_of
from classroom.session.table_view import texts_html, value_text
from coursebook.expo import STEPS
from marketplace.secondmonth import GROUPS, METRICS
from marketplace.secondmonth.plan import MOST_MONTHS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from classroom.exchange.expo.record import Expo, Shot
    from classroom.mentor.expo.expos import Doubt, HandedInExpo

_PARTS = {**STEP_PARTS, "slide": ("slide",), "talk": ("talk",), "second": ("report",)}
_SHOWN_ROWS = 8
LOG_KINDS = ("plan", "month", "run", "report")
_SEAL_DOUBTS = frozenset("changed chain stranger clock ahead early rewritten handed_in".split())
"""Those that the learner's page tells too, in the same words."""


def written_steps(expo: Expo) -> tuple[str, ...]:
    """The steps in which something is written."""
    texts = texts_of(expo)
    return tuple(step for step in STEPS if any(texts[place].strip() for place in _places(step)))


def expo_html(handed_in: HandedInExpo, zone: dt.tzinfo, lang: str) -> str:
    """All of it, a fold for each step; what was sealed is shown as it was sealed."""
    expo = handed_in.expo
    sealed = sealed_plan(expo)
    warned = "".join(f"<p><b>{escape(doubt_text(each, lang))}</b></p>" for each in handed_in.doubts)
    folds = "".join(_step(step, expo, sealed, lang) for step in STEPS)
    return f"{warned}{folds}{_log(handed_in, zone, lang)}"


def doubt_text(doubt: Doubt, lang: str) -> str:
    """Something doubtful as a sentence."""
    if doubt.code in _SEAL_DOUBTS:
        return plain(f"broken.{doubt.code}", lang, number=doubt.number)
    return told(f"expo.doubt.{doubt.code}", lang, number=doubt.number, other=doubt.other)


def _places(step: str) -> tuple[str, ...]:
    return tuple(place for place in places() if place.rpartition(".")[0] in _PARTS[step])


def _step(step: str, expo: Expo, sealed: Expo | None, lang: str) -> str:
    shown = sealed if sealed is not None and step in STEP_PARTS else expo
    texts = texts_of(shown)
    rows = "".join(_row(place, texts[place], expo.shot(place), lang) for place in _places(step) if texts[place].strip())
    rows = rows or f"<p>{escape(told('expo.blank', lang))}</p>"
    title = f"{STEPS.index(step) + 1} {plain(f'step.{step}', lang)}"
    return f"<details open><summary><b>{escape(title)}</b></summary>{rows}</details>"


def _row(place: str, text: str, shot: Shot | None, lang: str) -> str:
    number = next((each for each in place.split(".") if each.isdigit()), "")
    label = f"{plain(f'field.{label_code(place)}', lang)} {number}".strip()
    if not place.endswith(".sql"):
        words = escape(_in_words(place, text, lang)).replace("\n", "<br>")
        return f"<p><b>{escape(label)}</b><br>{words}</p>"
    return f"<p><b>{escape(label)}</b></p><pre>{escape(text)}</pre>{''.join(_given(shot, text, lang))}"


def _in_words(place: str, text: str, lang: str) -> str:
    """What was chosen from a list as its reader knows it; anything else as it was written."""
    if place == "issue.node" and text in NODES:
        return say_in("classroom.session", f"kpi_node_{text}", lang)
    if place == "measure.months" and 1 <= months_of(text) <= MOST_MONTHS:
        return plain(f"months.{months_of(text)}", lang)
    if place == "measure.group" and text in GROUPS:
        return plain(f"group.{text}", lang)
    if place == "measure.metric" and text in METRICS:
        return plain(f"metric_name.{text}", lang)
    return text


def _given(shot: Shot | None, sql: str, lang: str) -> Iterator[str]:
    """What a query gave when it last ran, and what a check said of spoilt data."""
    if shot is None or shot.sql != sql.strip():
        yield f"<p>{escape(plain('run.never' if shot is None else 'run.stale', lang))}</p>"
        return
    if shot.problem:
        yield f"<p>{escape(shot.problem)}</p>"
    result = table_of(shot)
    if result is not None:
        yield texts_html(result.columns, [tuple(map(value_text, row)) for row in result.rows[:_SHOWN_ROWS]])
        if result.row_count > _SHOWN_ROWS:
            yield f"<p>{escape(told('expo.rows', lang, count=result.row_count))}</p>"
    for each in shot.trials:
        fault = plain(f"fault.{each.fault}", lang, table=each.table) if each.fault in FAULTS else each.fault
        yield f"<p>{escape(told('expo.noticed' if each.noticed else 'expo.deaf', lang, fault=fault))}</p>"


def _log(handed_in: HandedInExpo, zone: dt.tzinfo, lang: str) -> str:
    """The log; its kinds are what a learner's file says, which may be anything."""
    doubtful = {each.number for each in handed_in.doubts}
    rows = [
        (
            f"{each.number} ⚠" if each.number in doubtful else str(each.number),
            plain(f"log.{each.kind}", lang) if each.kind in LOG_KINDS else each.kind,
            in_zone(moment_of(each.at), zone),
            each.code[:12],
        )
        for each in handed_in.expo.log
    ]
    head = [plain(f"log.{name}", lang) for name in ("number", "what", "when", "code")]
    return f"<h4>{escape(told('expo.log', lang))}</h4>{texts_html(head, rows)}" if rows else ""

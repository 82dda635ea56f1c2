"""What the buttons of the Expo do: each a plain function from the page's fields to what is said, and perhaps a file."""

from __future__ import annotations

import logging
import sqlite3
from concurrent.futures.process import BrokenProcessPool
from html import escape
from typing import TYPE_CHECKING

import duckdb

from classroom.exchange.expo.certificate import page_of
from classroom.exchange.expo.record import places
from classroom.exchange.expo.seal import PLAN, REPORT, latest
from classroom.exchange.expo.words import label_code, plain, told
from classroom.learner.bi.done import Done, Fields, Taken
from classroom.learner.bi.slide import PPTX, blank_file, written
from classroom.learner.expo import past, reviewing
from classroom.learner.expo.certifying import certificate_of
from classroom.learner.expo.drawn import Drawn
from classroom.learner.expo.handing import hand_in, is_carried
from classroom.learner.expo.later_cards import tried
from classroom.learner.expo.planning import CannotRun, plan_of, planned_sql
from classroom.learner.expo.running import run_place, shot_of
from classroom.learner.expo.second import given, keep_report, make_month, run_plan, seal_plan
from classroom.learner.expo.talk import add_slide, sheet_of, slides_of
from classroom.learner.expo.votes import as_csv, keep_table, read
from classroom.learner.state.own_objects import OwnFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.learner.expo.place import ExpoRoom

_log = logging.getLogger(__name__)
_FROM, _LONGEST_NAME = "from.", 80
_QUERIES = frozenset(place for place in places() if place.endswith(".sql"))


def kept(room: ExpoRoom, fields: Fields) -> str:
    """Keep what stands in the fields; says where another window has written something else."""
    seen = fields.get("seen", "")
    if not seen.isdigit():
        return ""
    texts = {place: text.replace("\r\n", "\n") for place, text in fields.items() if place in places()}
    if latest(room.store.expo(), PLAN):
        open_still = ("slide.", "talk.") if latest(room.store.expo(), REPORT) else ("slide.", "talk.", "report.")
        texts = {place: text for place, text in texts.items() if place.startswith(open_still)}
    double = room.store.keep(texts, int(seen), fields.get("window", ""))
    labels = [plain(f"field.{label_code(place)}", room.lang) for place in double]
    return told("two_windows", room.lang, labels=", ".join(labels)) if double else ""


def _save(room: ExpoRoom, fields: Fields) -> Done:
    return Done("", kept(room, fields) or told("kept", room.lang))


def _run(room: ExpoRoom, fields: Fields) -> Done:
    double, place = kept(room, fields), fields["place"]
    if place not in _QUERIES:
        raise KeyError(place)
    shot = run_place(room, place)
    return Done("", double or told("run.failed" if shot.problem else "run.done", room.lang))


def _take(room: ExpoRoom, fields: Fields) -> Done:
    """Put a query that the BI room has saved into a card."""
    kept(room, fields)
    place, _, number = next(each for name, each in fields.items() if name.startswith(_FROM) and each).partition(" ")
    query = room.bi.query(int(number))
    room.store.keep({place: query.sql}, room.store.revision(), fields.get("window", ""))
    return Done("", told("taken", room.lang, name=query.name))


def _form(room: ExpoRoom, fields: Fields) -> Done:
    """Write the planned analysis in the course's own form."""
    kept(room, fields)
    plan = plan_of(room, room.store.expo().measure)
    if isinstance(plan, CannotRun):
        return Done("", told("measure.cannot", room.lang, why=plan.sentence))
    room.store.keep({"measure.sql": planned_sql(room, plan)}, room.store.revision(), fields.get("window", ""))
    return Done("", told("measure.formed", room.lang))


def _try(room: ExpoRoom, fields: Fields) -> Done:
    kept(room, fields)
    return Done("", tried(room))


def _slide(room: ExpoRoom, fields: Fields) -> Done:
    double, page, file = kept(room, fields), _page(room), blank_file()
    if not add_slide(page, file):
        return Done("", told("slide.cannot", room.lang))
    return Done("", double or told("file.made", room.lang), Taken(f"{_name(room)}.pptx", PPTX, written(file)))


def _slides(room: ExpoRoom, fields: Fields) -> Done:
    double, content = kept(room, fields), slides_of(_page(room))
    if content is None:
        return Done("", told("slide.cannot", room.lang))
    return Done("", double or told("file.made", room.lang), Taken(f"{_name(room)}-talk.pptx", PPTX, content))


def _sheet(room: ExpoRoom, fields: Fields) -> Done:
    kept(room, fields)
    return Done("", told("file.made", room.lang), Taken(f"{_name(room)}-vote.html", "text/html", sheet_of(_page(room))))


def _votes(room: ExpoRoom, fields: Fields) -> Done:
    content = as_csv(room.store.expo().talk.votes)
    return Done("", told("file.made", room.lang), Taken(f"{_name(room)}-votes.csv", "text/csv", content))


def _table(room: ExpoRoom, fields: Fields) -> Done:
    """Make the votes a table that can be asked by SQL, wherever the learner's own tables can."""
    text = room.store.expo().talk.votes
    if room.practice is None or not read(text):
        return Done("", told("vote.no_table", room.lang))
    try:
        count = room.beside(keep_table, room.practice, room.folder.progress, room.lang, text)
    except (BrokenProcessPool, OwnFault, duckdb.Error, sqlite3.Error, OSError):
        _log.exception("The votes could not be made a table")
        return Done("", told("vote.no_table", room.lang))
    return Done("", told("vote.tabled", room.lang, rows=count))


def _seal(room: ExpoRoom, fields: Fields) -> Done:
    problem = seal_plan(room)
    if not problem:
        hand_in(room)  # in a class the seal is known to the desk before the second data are
    return Done("", escape(problem) or told("second.sealed", room.lang))


def _month(room: ExpoRoom, fields: Fields) -> Done:
    if given(room) is None:
        return Done("", told("second.waiting", room.lang))
    return Done("", escape(make_month(room)) or told("second.made", room.lang))


def _plan(room: ExpoRoom, fields: Fields) -> Done:
    run_plan(room)
    return Done("", told("second.ran", room.lang))


def _beside(room: ExpoRoom, fields: Fields) -> Done:
    """Run another query on the second data, which is told as one that was not planned."""
    double = kept(room, fields)
    room.store.keep_shot(shot_of(room, "report.sql", room.store.expo().report.sql.strip(), on_month=True))
    return Done("", double or told("second.beside_ran", room.lang))


def _report(room: ExpoRoom, fields: Fields) -> Done:
    kept(room, fields)
    empty = [name for name in ("finding", "decision", "cannot") if not room.store.expo().text(f"report.{name}").strip()]
    if empty:
        labels = ", ".join(plain(f"field.report.{name}", room.lang) for name in empty)
        return Done("", told("lacks.empty", room.lang, label=labels))
    keep_report(room)
    hand_in(room)
    return Done("", told("second.reported", room.lang))


def _hand_in(room: ExpoRoom, fields: Fields) -> Done:
    code = hand_in(room)
    return Done(
        "", told("hand_in.written" if is_carried(room) else "hand_in.done", room.lang, number=code) if code else ""
    )


def _certificate(room: ExpoRoom, fields: Fields) -> Done:
    name = " ".join(fields.get("name", "").split())[:_LONGEST_NAME]
    room.store.keep_fact("name", name)
    signed = certificate_of(past.certified(room), name) if name else None
    if signed is None:
        return Done("certificate", told("certificate.no_name", room.lang))
    file = Taken(f"{plain('certificate.title', room.lang)}.html", "text/html", page_of(signed))
    return Done("certificate", told("certificate.made", room.lang, number=signed.code), file)


def _anew(room: ExpoRoom, fields: Fields) -> Done:
    if not past.may_begin(room):
        return Done("", told("past.not_yet", room.lang))
    past.begin_anew(room)
    return Done("step/issue", told("past.begun", room.lang))


def _page(room: ExpoRoom) -> Drawn:
    return Drawn(room, room.store.expo(), room.store.revision())


def _name(room: ExpoRoom) -> str:
    name = room.store.expo().issue.name or "expo"
    return "".join(each if each.isalnum() else "_" for each in name)[:40]


ACTIONS: dict[str, Callable[[ExpoRoom, Fields], Done]] = {
    "expo/save": _save,
    "expo/run": _run,
    "expo/take": _take,
    "expo/form": _form,
    "expo/try": _try,
    "expo/slide": _slide,
    "expo/slides": _slides,
    "expo/sheet": _sheet,
    "expo/votes": _votes,
    "expo/table": _table,
    "expo/seal": _seal,
    "expo/month": _month,
    "expo/plan": _plan,
    "expo/beside": _beside,
    "expo/report": _report,
    "expo/hand-in": _hand_in,
    "expo/certificate": _certificate,
    "expo/anew": _anew,
    "review/save": reviewing.save,
    "review/send": reviewing.send,
}
"""The actions, by the names that the pages' buttons give them."""
HANDING = frozenset({"expo/seal", "expo/report", "expo/hand-in", "review/send"})
"""Those after which something may wait to be sent to the mentors."""

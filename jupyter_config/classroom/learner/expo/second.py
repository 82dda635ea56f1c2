"""Step 8: the plan is sealed, its month is made, the plan is run as it was written, the report is kept, and what was drawn is told."""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import zlib
from base64 import b64decode, b64encode
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from classroom.exchange.expo.grant import Grant, grant_in
from classroom.exchange.expo.record import STEP_PARTS, percent_of
from classroom.exchange.expo.seal import MONTH, PLAN, REPORT, RUN, latest, next_entry, plan_content, sealed_plan
from classroom.exchange.expo.target import target_of
from classroom.exchange.expo.words import plain
from classroom.exchange.mailbox import Mailbox
from classroom.learner.bi.asking import ProcessAsker, QueryTask
from classroom.learner.expo.facts import Facts, facts_from
from classroom.learner.expo.planning import CannotRun, plan_of, segments_sql, why_not
from classroom.learner.expo.running import shot_of
from classroom.learner.expo.steps import lacks
from marketplace import MarketplaceError
from marketplace.secondmonth import Plan, make_second_month
from marketplace.secondmonth.plan import EFFECTS
from marketplace.settings import Settings
from marketplace.workplace import manifest_path

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.exchange.expo.record import Entry, Expo
    from classroom.language import Lang
    from classroom.learner.expo.place import ExpoRoom

_log = logging.getLogger(__name__)
PLANNED = "measure.second"
"""The place of what the sealed plan gave on the second data."""
_TRUTH, _GRANT, _FILE = "truth", "grant", "month"
_PART = 1 << 20


def seal_plan(room: ExpoRoom) -> str:
    """Seal the plan as it is now; gives the sentence that says why that can't be, or nothing."""
    if any(lacks(room, room.store.expo(), step) for step in STEP_PARTS):
        return plain("second.not_yet", room.lang)

    def entry(expo: Expo) -> Entry | None:
        return None if latest(expo, PLAN) else next_entry(expo, PLAN, plan_content(expo), room.clock())

    plan = plan_of(room, room.store.expo().measure)
    if isinstance(plan, CannotRun):
        return plan.sentence
    if problem := why_not(room, plan):
        return problem
    room.store.append(entry)
    return ""


def given(room: ExpoRoom) -> Grant | None:
    """What decides the second month: in a class what the mentors gave for this plan, else a draw by chance; None while it isn't there."""
    entry = latest(room.store.expo(), PLAN)
    if entry is None:
        return None
    kept = room.store.fact(_GRANT)
    if kept:
        return _for_plan(kept, entry)
    if room.member is None:
        drawn = Grant(entry.code, secrets.choice(tuple(EFFECTS)), secrets.randbelow(2**31))
        room.store.keep_fact(_GRANT, drawn.to_text())
        return drawn
    standing = Mailbox(room.folder.hidden).known.post.standing
    return _for_plan(standing.month, entry) if standing and standing.month else None


def _for_plan(text: str, entry: Entry) -> Grant | None:
    try:
        grant = grant_in(text)
    except ValueError:
        _log.warning("What was given for the second month can't be read", exc_info=True)
        return None
    return grant if grant.seal == entry.code else None


def make_month(room: ExpoRoom) -> str:
    """Make the second data of the sealed plan; gives the sentence that says why that can't be, or nothing."""
    expo = room.store.expo()
    sealed, grant = sealed_plan(expo), given(room)
    if sealed is None or grant is None or room.practice is None:
        return plain("second.not_given", room.lang)
    if latest(expo, MONTH) and room.month.is_file():
        return ""
    plan = plan_of(room, sealed.measure, grant.effect, grant.seed)
    if isinstance(plan, CannotRun):
        return plan.sentence
    if isinstance(room.month_asker, ProcessAsker):
        room.month_asker.close()
    try:
        made: tuple[str, dict[str, Any]] = room.beside(_make, room.practice, plan, room.month, room.lang)
    except (BrokenProcessPool, OSError):
        _log.exception("The second month could not be made")
        return plain("second.not_made", room.lang)
    problem, truth = made
    if problem:
        return problem
    room.store.keep_fact(_TRUTH, b64encode(zlib.compress(json.dumps(truth).encode())).decode())
    room.store.keep_fact(_FILE, digest_of(room.month))

    def entry(now: Expo) -> Entry | None:
        facts = {
            "plan": grant.seal,
            "file": room.store.fact(_FILE),
            "by": "chance" if room.member is None else "mentors",
        }
        return next_entry(now, MONTH, facts, room.clock())

    room.store.append(entry)
    return ""


def _make(practice: Path, plan: Plan, out: Path, lang: Lang) -> tuple[str, dict[str, Any]]:
    try:
        manifest = make_second_month(practice, plan, Settings(out=out), target_of(plan.condition, lang))
    except MarketplaceError as fault:
        return fault.sentence(lang), {}
    manifest_path(out).unlink(missing_ok=True)  # the truth is not left lying beside the data
    truth: dict[str, Any] = manifest.planted["second_month"]
    return "", truth


def digest_of(path: Path) -> str:
    """SHA-256 of a file; empty if it can't be read."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while part := file.read(_PART):
                found.update(part)
    except OSError:
        return ""
    return found.hexdigest()


def is_as_made(room: ExpoRoom) -> bool:
    """Whether the second data are the file that the log names."""
    entry = latest(room.store.expo(), MONTH)
    return entry is not None and json.loads(entry.content).get("file") == digest_of(room.month)


def run_plan(room: ExpoRoom) -> None:
    """Run the sealed analysis on the second data, as it was written, and log what it gave."""
    sealed = sealed_plan(room.store.expo())
    if sealed is None:
        return
    shot = shot_of(room, PLANNED, sealed.measure.sql.strip(), on_month=True)
    room.store.keep_shot(shot)
    content = {"sql": shot.sql, "result": shot.result, "problem": shot.problem, "data": is_as_made(room)}
    if shot.result is not None:
        content["result"] = {key: each for key, each in shot.result.items() if key != "seconds"}
    room.store.append(lambda expo: next_entry(expo, RUN, content, room.clock()))


def facts_of(room: ExpoRoom) -> Facts | None:
    """The course's own reading of the second data, by the sealed plan; None while there are none."""
    sealed = sealed_plan(room.store.expo())
    if sealed is None or not room.month.is_file():
        return None
    plan = plan_of(room, sealed.measure)
    if isinstance(plan, CannotRun):
        return None
    answer = room.month_asker.ask([QueryTask(segments_sql(room, plan))], 0)[0]
    if answer.result is None:
        _log.warning("The second data can't be read: %s", answer.problem)
        return None
    worth = percent_of(sealed.measure.worth) or 0.0
    return facts_from(answer.result.rows, plan.treatment_percent, worth)


def keep_report(room: ExpoRoom) -> None:
    """Put the report as it is now under the log; what was drawn may be told from then on."""
    room.store.append(lambda expo: next_entry(expo, REPORT, asdict(expo.report), room.clock()))


def truth_of(room: ExpoRoom) -> dict[str, Any] | None:
    """What was drawn, once there is a report; in a class the mentors tell it."""
    if room.member is not None or latest(room.store.expo(), REPORT) is None:
        return None
    kept = room.store.fact(_TRUTH)
    truth: dict[str, Any] | None = json.loads(zlib.decompress(b64decode(kept))) if kept else None
    return truth

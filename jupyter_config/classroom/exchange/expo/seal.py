"""The log of an Expo: each entry names the one before, so that nothing in it can be changed, left out or put in later unseen.

Whoever can write the file can write a whole new log; that is seen where an entry has been handed in, or compared with another's, before.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from classroom.exchange.expo.record import BEFORE, Entry, from_json

if TYPE_CHECKING:
    from classroom.exchange.expo.record import Expo

PLAN, MONTH, RUN, REPORT = "plan", "month", "run", "report"
_ASKEW = timedelta(minutes=5)
"""So far may a clock be ahead of the one that it is held against."""


@dataclass(frozen=True)
class Broken:
    """Something in a log that can't be as it says."""

    code: str
    """changed: an entry is not as it was sealed; chain: one was left out or put in; stranger: it is another's; clock: times go
    backward; ahead: it says a time that has still to come; early: the second data before the plan; rewritten: the cards are not
    as they were sealed; handed_in: an entry is not the one that was handed in earlier."""
    number: int
    """Of the entry."""


def canonical(content: Any) -> str:
    """JSON with sorted keys and no spaces: equal contents are equal texts."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plan_content(expo: Expo) -> dict[str, Any]:
    """What is sealed as the plan: the cards of steps 1 to 4 and 6."""
    cards = asdict(expo)
    return {part: cards[part] for part in BEFORE}


def next_entry(expo: Expo, kind: str, content: Any, at: datetime) -> Entry:
    """The entry that follows on an Expo's log."""
    number, before = len(expo.log) + 1, expo.log[-1].code if expo.log else ""
    entry = Entry(expo.who, number, kind, at.isoformat(), canonical(content), before, "")
    return replace(entry, code=_code(entry))


def latest(expo: Expo, kind: str) -> Entry | None:
    """The last entry of a kind."""
    return next((each for each in reversed(expo.log) if each.kind == kind), None)


def sealed_plan(expo: Expo) -> Expo | None:
    """The cards of steps 1 to 4 and 6 as they were sealed, the others empty; None before, or where the entry can't be read any more."""
    entry = latest(expo, PLAN)
    if entry is None:
        return None
    try:
        return from_json({**json.loads(entry.content), "who": expo.who})
    except (TypeError, ValueError):  # changed by hand, which its code shows
        return None


def faults_of(expo: Expo, now: datetime, earlier: tuple[Entry, ...] = ()) -> tuple[Broken, ...]:
    """All that is wrong with a log.

    Args:
        expo: Whose it is.
        now: The clock that it is held against.
        earlier: Entries of it that were handed in before.
    """
    found = [Broken("changed", each.number) for each in expo.log if each.code != _code(each)]
    found += [Broken("stranger", each.number) for each in expo.log if each.who != expo.who]
    if [each.number for each in expo.log] != list(range(1, len(expo.log) + 1)) or (expo.log and expo.log[0].before):
        found.append(Broken("chain", 1))
    for one, other in pairwise(expo.log):
        if other.before != one.code:
            found.append(Broken("chain", other.number))
        if _time(other) < _time(one):
            found.append(Broken("clock", other.number))
    found += [Broken("ahead", each.number) for each in expo.log if _time(each) > now + _ASKEW]
    kinds = [each.kind for each in expo.log]
    if MONTH in kinds and PLAN not in kinds[: kinds.index(MONTH)]:
        found.append(Broken("early", kinds.index(MONTH) + 1))
    if kinds.count(PLAN) > 1:
        found.append(Broken("chain", len(kinds) - kinds[::-1].index(PLAN)))
    sealed = sealed_plan(expo)
    if sealed is not None and plan_content(sealed) != plan_content(expo):
        found += [Broken("rewritten", each.number) for each in expo.log if each.kind == PLAN]
    known = {each.number: each.code for each in expo.log}
    found += [Broken("handed_in", each.number) for each in earlier if known.get(each.number) != each.code]
    return tuple(found)


def _time(entry: Entry) -> datetime:
    """When an entry says that it was written; long ago if that can't be read."""
    try:
        moment = datetime.fromisoformat(entry.at)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _code(entry: Entry) -> str:
    parts = [entry.who, entry.number, entry.kind, entry.at, entry.content, entry.before]
    return hashlib.sha256(canonical(parts).encode("utf-8", "replace")).hexdigest()

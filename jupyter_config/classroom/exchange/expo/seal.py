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
    from collections.abc import Iterator, Sequence

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
    return entry_after(expo.log, expo.who, kind, content, at)


def entry_after(log: Sequence[Entry], who: str, kind: str, content: Any, at: datetime) -> Entry:
    """The entry that follows on any log of this form."""
    entry = Entry(who, len(log) + 1, kind, at.isoformat(), canonical(content), log[-1].code if log else "", "")
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
    found = list(chain_faults(expo.log, expo.who, now, earlier))
    kinds = [each.kind for each in expo.log]
    if MONTH in kinds and PLAN not in kinds[: kinds.index(MONTH)]:
        found.append(Broken("early", kinds.index(MONTH) + 1))
    if kinds.count(PLAN) > 1:
        found.append(Broken("chain", len(kinds) - kinds[::-1].index(PLAN)))
    sealed = sealed_plan(expo)
    if sealed is not None and plan_content(sealed) != plan_content(expo):
        found += [Broken("rewritten", each.number) for each in expo.log if each.kind == PLAN]
    return tuple(found)


def chain_faults(log: Sequence[Entry], who: str, now: datetime, earlier: Sequence[Entry] = ()) -> Iterator[Broken]:
    """What is wrong with any log of this form, whatever its entries say; see `faults_of`."""
    for each in log:
        if each.code != _code(each):
            yield Broken("changed", each.number)
        if each.who != who:
            yield Broken("stranger", each.number)
        if _time(each) > now + _ASKEW:
            yield Broken("ahead", each.number)
    if [each.number for each in log] != list(range(1, len(log) + 1)) or (log and log[0].before):
        yield Broken("chain", 1)
    for one, other in pairwise(log):
        if other.before != one.code:
            yield Broken("chain", other.number)
        if _time(other) < _time(one):
            yield Broken("clock", other.number)
    known = {each.number: each.code for each in log}
    for each in earlier:
        if known.get(each.number) != each.code:
            yield Broken("handed_in", each.number)


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

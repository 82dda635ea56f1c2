"""The Expos that were handed in, and what in their logs can't be as it says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from classroom.exchange.expo.record import EXPO, Entry, Expo, in_notebook
from classroom.exchange.expo.seal import (
    MONTH,
    PLAN,
    REPORT,
    RUN,
    canonical,
    faults_of,
    latest,
    plan_content,
    sealed_plan,
)
from classroom.exchange.moments import FIRST_YEAR, moment_in
from classroom.mentor.collecting.collect import hand_in_of, received_file
from classroom.mentor.place.expo_store import ExpoMarksStore
from sqlgrade.outside import read_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from classroom.mentor.collecting.received import ReceivedLetter
    from classroom.mentor.place.expo_store import GivenMonth, Together
    from classroom.mentor.place.folder import MentorFolder

_SLACK = dt.timedelta(minutes=5)
"""So far apart times of two clocks may be without telling anything."""
_LONG_AGO = dt.datetime(FIRST_YEAR, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Doubt:
    """Something in a log that can't be as it says, or that somebody else's says too."""

    code: str
    """One of `classroom.exchange.expo.seal.Broken`'s; or same: another learner's Expo has the same number or the same plan; backdated: an
    entry says a time at which an earlier hand-in did not have it yet; ungiven: the second data are not those that the mentors gave;
    data: the second data were changed after they were made; left: the learner's Expo before this one was sealed and never reported on;
    team: the learner works on another's Expo, and has handed in this one as well."""
    number: int
    """Of the entry; 0 for the whole."""
    other: str = ""
    """The other learner, of `same` and `team`."""


@dataclass(frozen=True)
class HandedInExpo:
    """One Expo of a learner as it was handed in last."""

    learner: str
    number: int
    """Of the learner's Expos, from 1: another may be begun once one is finished."""
    code: str
    at: str
    """When, by the desk's reckoning, ISO 8601 in UTC."""
    expo: Expo
    codes: frozenset[str]
    """Of all hand-ins of this Expo."""
    reported: frozenset[str] = frozenset()
    """Of those among them that have a report."""
    month: GivenMonth | None = None
    """What mentors gave for it."""
    doubts: tuple[Doubt, ...] = ()
    others: tuple[str, ...] = ()
    """With whom it is worked on: it is marked for them as well, and comes back to them."""

    @property
    def everybody(self) -> tuple[str, ...]:
        """Whose it is, who writes it first."""
        return (self.learner, *self.others)

    @property
    def name(self) -> str:
        """The learner, which Expo unless it is the first, and with whom."""
        own = self.learner if self.number == 1 else f"{self.learner} ({self.number})"
        return " + ".join((own, *self.others))

    @property
    def plan(self) -> Entry | None:
        """The sealed plan's entry."""
        return latest(self.expo, PLAN)


@dataclass(frozen=True)
class _Delivery:
    letter: ReceivedLetter
    expo: Expo


def handed_in(folder: MentorFolder) -> tuple[HandedInExpo, ...]:
    """Each Expo as it was handed in last, by learner and in the order in which they were begun, with what is doubtful in it."""
    store, by_learner = ExpoMarksStore(folder), dict[str, dict[str, list[_Delivery]]]()
    for letter in received_file(folder).letters(lesson=EXPO):
        if (expo := _opened(folder, letter)) is not None:
            by_learner.setdefault(letter.learner, {}).setdefault(expo.who, []).append(_Delivery(letter, expo))
    shared, found = _shared(by_learner, store.together()), []
    for learner, of_learner in by_learner.items():
        months, before = store.months(learner), None
        for number, all_of in enumerate(of_learner.values(), start=1):
            seals = {each.code for one in all_of for each in one.expo.log if each.kind == PLAN}
            given = next((each for each in months if each.seal in seals), None)
            last, codes = all_of[-1], frozenset(each.letter.code for each in all_of)
            others, beside = _together(store, learner, codes, is_last=number == len(of_learner))
            found.append(
                HandedInExpo(
                    *(learner, number, last.letter.code, last.letter.at, last.expo),
                    codes,
                    frozenset(each.letter.code for each in all_of if latest(each.expo, REPORT)),
                    given,
                    (*_left(before), *beside, *_doubts(all_of, given), *shared.get((learner, last.expo.who), ())),
                    others,
                )
            )
            before = last.expo
    return tuple(found)


def _left(before: Expo | None) -> Iterator[Doubt]:
    """Whether the Expo before was left with a sealed plan and no report: another log then may hide what was seen."""
    if before is not None and latest(before, PLAN) and not latest(before, REPORT):
        yield Doubt("left", 0)


def _together(
    store: ExpoMarksStore, learner: str, codes: frozenset[str], *, is_last: bool
) -> tuple[tuple[str, ...], tuple[Doubt, ...]]:
    """With whom an Expo is worked on, those to whom it went back among them; and whether the learner is to work on another's."""
    together, returned_to = store.together(), store.returned_to()
    others, own = {each for code in codes for each in returned_to.get(code, ())}, together.get(learner)
    if own is None or not is_last or not own.is_of(codes, store.returned(learner)):
        return tuple(sorted(others - {learner})), ()
    if own.writer != learner:
        return tuple(sorted(others - {learner})), (Doubt("team", 0, own.writer),)
    others |= {each.learner for each in together.values() if each.writer == learner}
    return tuple(sorted(others - {learner})), ()


def expo_of(folder: MentorFolder, learner: str) -> HandedInExpo:
    """A learner's latest; raises KeyError if there is none."""
    found = {each.learner: each for each in handed_in(folder)}
    return found[learner]


def _opened(folder: MentorFolder, letter: ReceivedLetter) -> Expo | None:
    found = hand_in_of(folder, letter)
    return in_notebook(found.notebook) if found is not None else None


def _doubts(deliveries: list[_Delivery], given: GivenMonth | None) -> Iterator[Doubt]:
    last, before = deliveries[-1], deliveries[:-1]
    expo = last.expo
    earlier = {each.code: each for one in before for each in one.expo.log}
    for each in faults_of(expo, moment_of(last.letter.written), tuple(earlier.values())):
        yield Doubt(each.code, each.number)
    for entry in expo.log:
        missed = [
            moment_of(one.letter.written) for one in before if all(each.code != entry.code for each in one.expo.log)
        ]
        if missed and moment_of(entry.at) < max(missed) - _SLACK:
            yield Doubt("backdated", entry.number)
    yield from _doubts_of_month(expo, given, last.letter.clock_off)


def _doubts_of_month(expo: Expo, given: GivenMonth | None, clock_off: float) -> Iterator[Doubt]:
    month, plan = latest(expo, MONTH), latest(expo, PLAN)
    if month is not None:
        is_given = given is not None and plan is not None and plan.code == given.seal == _told(month).get("plan")
        made_at = moment_of(month.at) + dt.timedelta(seconds=clock_off)
        if not is_given or (given is not None and made_at < moment_of(given.at) - _SLACK):
            yield Doubt("ungiven", month.number)
    for entry in expo.log:
        if entry.kind == RUN and _told(entry).get("data") is False:
            yield Doubt("data", entry.number)


def _told(entry: Entry) -> dict[str, object]:
    try:
        content = read_json(entry.content)
    except ValueError:  # changed by hand, which its code shows
        return {}
    return content if isinstance(content, dict) else {}


def _shared(
    by_learner: dict[str, dict[str, list[_Delivery]]], together: Mapping[str, Together]
) -> dict[tuple[str, str], list[Doubt]]:
    """Who has the same Expo, or the same sealed plan, as somebody else who does not work on it together with them."""
    writers = {each.learner: each.writer for each in together.values()}
    found: dict[tuple[str, str], list[Doubt]] = {}
    expos = [(learner, who, all_of[-1].expo) for learner, each in by_learner.items() for who, all_of in each.items()]
    plans = [canonical(plan_content(sealed)) if (sealed := sealed_plan(expo)) else "" for _, _, expo in expos]
    for one, other in combinations(range(len(expos)), 2):
        (learner, who, _), (another, whose, _) = expos[one], expos[other]
        if writers.get(learner, learner) != writers.get(another, another) and (
            who == whose or (plans[one] and plans[one] == plans[other])
        ):
            found.setdefault((learner, who), []).append(Doubt("same", 0, another))
            found.setdefault((another, whose), []).append(Doubt("same", 0, learner))
    return found


def moment_of(text: str) -> dt.datetime:
    """A moment as it was written; long ago if that can't be read, or is so far off that no clock of this world can show it."""
    try:
        return moment_in(text)
    except ValueError:
        return _LONG_AGO

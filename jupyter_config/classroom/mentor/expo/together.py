"""A team that works on one Expo: written in one room, marked once, and given back to each of them with the same marks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from classroom.mentor.expo.expos import handed_in
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.expo_store import ExpoMarksStore, Together
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.place.turn import one_at_a_time

if TYPE_CHECKING:
    from classroom.mentor.place.folder import MentorFolder


class NoTeamsExpo(Exception):  # noqa: N818  (told to the mentor)
    """A team can't be put to one Expo, or parted; the code of a sentence, with its parameters."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def work_together(folder: MentorFolder, writer: str) -> tuple[str, ...]:
    """Let the team of a learner work on one Expo, written in that learner's room; gives all of them, by id.

    Who joins the team later works on it once this is asked for again; who leaves it stays with what they worked on.

    Raises:
        NoTeamsExpo: the learner is in no team of two or more, or the team has handed in what another writes.
        DeskFault: another program was at work at the desk for too long.
    """
    if folder.has_stock_exchange:
        raise NoTeamsExpo("no_way")
    with one_at_a_time(folder):
        members, store = _team_of(folder, writer), ExpoMarksStore(folder)
        if len(members) < 2:
            raise NoTeamsExpo("no_team", student=writer)
        before = store.together()
        for each in members:
            known = before.get(each)
            if known is not None and known.writer != writer and _is_handed_in(folder, known.writer):
                raise NoTeamsExpo("handed_in", student=each, writer=known.writer)
        now = dt.datetime.now(dt.UTC).isoformat()
        since = before[writer].at if writer in before and before[writer].writer == writer else now
        store.put_together(Together(each, writer, since) for each in members)
        return members


def part(folder: MentorFolder, student: str) -> str:
    """Let those who work on an Expo with a learner work each on their own again; gives who has written it.

    Raises:
        NoTeamsExpo: the learner works on none with others, or it is handed in and has not gone back.
        DeskFault: another program was at work at the desk for too long.
    """
    with one_at_a_time(folder):
        store = ExpoMarksStore(folder)
        known = store.together().get(student)
        if known is None:
            raise NoTeamsExpo("in_none", student=student)
        if _is_handed_in(folder, known.writer):
            raise NoTeamsExpo("handed_in", student=student, writer=known.writer)
        store.part(known.writer)
        return known.writer


def _team_of(folder: MentorFolder, student: str) -> tuple[str, ...]:
    teams = class_file(folder).teams()
    with open_gradebook(folder) as gradebook:
        listed = sorted(each.id for each in gradebook.students)
    team = teams.get(student, "")
    return tuple(each for each in listed if team and teams.get(each) == team)


def _is_handed_in(folder: MentorFolder, writer: str) -> bool:
    """Whether the common Expo is at the desk, its latest hand-in not given back."""
    back = {each.code for each in ExpoMarksStore(folder).returned(writer)}
    return any(each.learner == writer and each.others and each.code not in back for each in handed_in(folder))

"""The teams of a class: who is how far, who can be asked about which lesson, and each team's analyst."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from classroom.mentor.classpage.matrix import good_at, matrix
from classroom.mentor.classpage.team_expos import team_expos

if TYPE_CHECKING:
    from classroom.mentor.classpage.matrix import Matrix
    from classroom.mentor.classpage.team_expos import ExpoOfTeam
    from classroom.mentor.classpage.whole import WholeClass


@dataclass(frozen=True)
class TeamLesson:
    """One lesson in one team."""

    lesson: str
    handed_in: int
    can_be_asked: tuple[str, ...]
    """The members who have it."""
    others: tuple[str, ...]
    """Where no member has it, those of other teams who do."""


@dataclass(frozen=True)
class Team:
    """One team; that without a name holds whoever belongs to none."""

    name: str
    members: tuple[str, ...]
    analyst: str
    """Who has most lessons, and has at least half of those that are out; empty while nobody has."""
    lessons: tuple[TeamLesson, ...]
    expo: ExpoOfTeam | None = None
    """What they work on together."""


_MOST_OTHERS = 3


def teams(view: WholeClass, table: Matrix | None = None) -> tuple[Team, ...]:
    """The teams by name, those of none last."""
    table = table or matrix(view)
    has: dict[str, set[str]] = {each.id: set() for each in view.learners}
    handed_in: dict[str, set[str]] = {}
    for each in good_at(table):
        has[each.student].add(each.lesson)
    for each in table.squares:
        if each.points is not None or each.state in ("to_grade", "refused"):
            handed_in.setdefault(each.lesson, set()).add(each.student)
    names, expos = dict.fromkeys(each.team for each in view.learners), team_expos(view)
    return tuple(replace(_team(view, name, has, handed_in), expo=expos.get(name)) for name in names)


def _team(view: WholeClass, name: str, has: dict[str, set[str]], handed_in: dict[str, set[str]]) -> Team:
    members = tuple(each.id for each in view.learners if each.team == name)
    first = max(members, key=lambda each: (len(has[each]), [-ord(letter) for letter in each]))
    is_far = len(has[first]) * 2 >= len(view.released) > 0 and bool(has[first])
    return Team(
        name,
        members,
        first if is_far and name else "",
        tuple(_lesson(view, lesson, members, has, handed_in.get(lesson, set())) for lesson in view.released),
    )


def _lesson(
    view: WholeClass, lesson: str, members: tuple[str, ...], has: dict[str, set[str]], handed_in: set[str]
) -> TeamLesson:
    own = tuple(each for each in members if lesson in has[each])
    others = () if own else tuple(each.id for each in view.learners if lesson in has[each.id])[:_MOST_OTHERS]
    return TeamLesson(lesson, len(handed_in.intersection(members)), own, others)

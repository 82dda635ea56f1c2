"""What a team's manager is told: what its people can do now, who holds which certificate, and what the team asks; no marks unless the company says so."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.exchange.moments import moment_in
from classroom.mentor.classpage.learner import abilities_of, title_of
from classroom.mentor.classpage.matrix import matrix
from classroom.mentor.classpage.questions import read_questions
from classroom.mentor.classpage.teams import teams
from classroom.mentor.expo.expos import handed_in
from classroom.mentor.expo.outcome import outcome_of
from classroom.mentor.place.calendar import zone_of
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.exam_store import ExamStore
from coursebook.expo import load_expo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from classroom.mentor.classpage.learner import ShownAbility
    from classroom.mentor.classpage.matrix import LessonSquare, Matrix
    from classroom.mentor.classpage.questions import BoxQuestion
    from classroom.mentor.classpage.team_expos import ExpoOfTeam
    from classroom.mentor.classpage.teams import Team
    from classroom.mentor.classpage.whole import WholeClass
    from classroom.mentor.place.folder import MentorFolder

SETTING = "managers_see_marks"
"""In the desk's settings: whether a manager's page has the points of single people; left out, it has not."""
EXPO_LEVEL = 0
SMALLEST = 3
"""Of fewer members nothing is counted: what one or two people can do or ask is no count of a team."""


def managers_see_marks(folder: MentorFolder) -> bool:
    """Whether the company has decided that managers see each person's points."""
    return folder.settings.get(SETTING) is True


class NoTeam(KeyError):  # noqa: N818  (told to the mentor)
    """The class has no team of that name."""


@dataclass(frozen=True)
class AbilityCount:
    """One line of a level's self-check, and how many of the team have shown it."""

    level: int
    text: str
    shown: int


@dataclass(frozen=True)
class HeldCertificate:
    """What a member has passed."""

    name: str
    """The member's."""
    level: int
    """Of the level test; `EXPO_LEVEL` for an Expo that mentors have marked as passed."""
    on: str
    """The day, ISO 8601 in the class's zone."""


@dataclass(frozen=True)
class AskedAbout:
    """What a team asked about one exercise."""

    exercise: str
    title: str
    """Empty for a drill, or a question about none."""
    count: int
    answered: tuple[tuple[str, str], ...]
    """Question and reply of those that mentors put into the FAQ, where all may read them without a name."""


@dataclass(frozen=True)
class MembersMarks:
    """A member's points, lesson by lesson; only where the company says so."""

    name: str
    points: tuple[tuple[str, int, int], ...]
    """Lesson, points and full marks, in whole ones, of each lesson that is graded."""


@dataclass(frozen=True)
class TeamForManagers:
    """One team."""

    name: str
    """Empty for those who belong to none."""
    members: int
    analyst: str
    """The name of the team's analyst; empty while nobody is, and where the team is too small to be counted."""
    certificates: tuple[HeldCertificate, ...]
    """By level, then name."""
    abilities: tuple[AbilityCount, ...]
    """In the course's order; none where the team is too small to be counted."""
    questions: tuple[AskedAbout, ...]
    """The most asked first; none where the team is too small to be counted."""
    marks: tuple[MembersMarks, ...] = ()
    expo: ExpoOfTeam | None = None
    """What they work on together; how far it is, and no points."""

    @property
    def is_counted(self) -> bool:
        """Whether it is large enough that a count tells of no single person."""
        return self.members >= SMALLEST


def for_managers(view: WholeClass, team: str = "") -> tuple[TeamForManagers, ...]:
    """The teams, or one of them.

    Raises:
        NoTeam: there is none of that name.
    """
    table = matrix(view)
    found = [each for each in teams(view, table) if not team or each.name == team]
    if team and not found:
        raise NoTeam(team)
    held, asked = _certificates(view), _questions(view)
    return tuple(_team(view, each, table, held, asked) for each in found)


def _team(
    view: WholeClass,
    team: Team,
    table: Matrix,
    held: Mapping[str, list[HeldCertificate]],
    asked: Mapping[str, list[BoxQuestion]],
) -> TeamForManagers:
    is_counted = len(team.members) >= SMALLEST
    certificates = sorted(
        (one for each in team.members for one in held.get(each, ())), key=lambda each: (each.level, each.name)
    )
    return TeamForManagers(
        team.name,
        len(team.members),
        view.names.get(team.analyst, "") if is_counted else "",
        tuple(certificates),
        _abilities(abilities_of(view, each) for each in team.members) if is_counted else (),
        _asked_about(view, (one for each in team.members for one in asked.get(each, ()))) if is_counted else (),
        _marks(view, team, table.squares) if managers_see_marks(view.folder) else (),
        team.expo,
    )


def _abilities(of_members: Iterable[tuple[ShownAbility, ...]]) -> tuple[AbilityCount, ...]:
    return tuple(
        AbilityCount(same[0].level, same[0].text, sum(each.shown for each in same))
        for same in zip(*of_members, strict=True)
    )


def _certificates(view: WholeClass) -> dict[str, list[HeldCertificate]]:
    """By learner: the level tests that they passed and the Expo, each once, on the day it was first passed."""
    found: dict[str, dict[int, HeldCertificate]] = {}
    for each in ExamStore(view.folder).all():
        if each.has_passed and each.result is not None:
            _hold(view, found, each.learner, each.paper.level, each.result.at)
    if expos := handed_in(view.folder):
        texts = load_expo(view.folder.course.root)
        for one in expos:
            final = outcome_of(view.folder, one, texts).final
            if final is not None and final.passes:
                for learner in one.everybody:
                    _hold(view, found, learner, EXPO_LEVEL, one.at)
    return {learner: list(each.values()) for learner, each in found.items()}


def _hold(view: WholeClass, found: dict[str, dict[int, HeldCertificate]], learner: str, level: int, at: str) -> None:
    on = moment_in(at).astimezone(zone_of(view.folder)).date().isoformat()
    held = HeldCertificate(view.names.get(learner, learner), level, on)
    found.setdefault(learner, {}).setdefault(level, held)


def _questions(view: WholeClass) -> dict[str, list[BoxQuestion]]:
    """By learner; a question that belongs to no lesson is there once."""
    found = {
        (each.student, each.asked.key): each
        for lesson in view.released
        for each in read_questions(view.folder, lesson, view.files)
    }
    by_learner: dict[str, list[BoxQuestion]] = {}
    for (student, _), each in found.items():
        by_learner.setdefault(student, []).append(each)
    return by_learner


def _asked_about(view: WholeClass, questions: Iterable[BoxQuestion]) -> tuple[AskedAbout, ...]:
    counted = Counter(each.asked.exercise for each in questions)
    public: dict[str, list[tuple[str, str]]] = {}
    for each in class_file(view.folder).replies(faq_only=True):
        public.setdefault(each.exercise, []).append((each.question, each.reply))
    return tuple(
        AskedAbout(exercise, title_of(view, exercise), count, tuple(public.get(exercise, ())))
        for exercise, count in sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    )


def _marks(view: WholeClass, team: Team, squares: Iterable[LessonSquare]) -> tuple[MembersMarks, ...]:
    points: dict[str, list[tuple[str, int, int]]] = {each: [] for each in team.members}
    for each in squares:
        if each.student in points and each.points is not None and each.possible is not None:
            points[each.student].append((each.lesson, each.points, each.possible))
    return tuple(MembersMarks(view.names[each], tuple(found)) for each, found in points.items())

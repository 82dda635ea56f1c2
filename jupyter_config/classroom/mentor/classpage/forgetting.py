"""Who is about to forget what: the memory that learners' homes go by, read from their progress files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.mentor.place.wording import told
from coursebook.practice import library_of
from coursebook.practice.evidence import practised_in, what_trains
from coursebook.practice.spacing import SkillPhase, haste_from, state_of, usual_haste_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from classroom.mentor.classpage.progress_files import LearnersFile
    from coursebook import Course
    from coursebook.practice.evidence import Trained
    from coursebook.practice.spacing import Practised

SOON = 3
"""Days within which what will be due counts as about to be forgotten."""
_MOST_KNOWN = 2_000


@dataclass(frozen=True)
class Fading:
    """One skill of one learner that is due, or will be soon."""

    student: str
    skill: str
    """S01 to S39."""
    due_on: date
    """The business day on which its review is or was due."""
    chance: float
    """That it is remembered today, 0 to 1, by the model."""

    def in_words(self, who: str, today: date, lang: str) -> str:
        """Since when, or from when on, of a learner or of a skill, whichever is not said beside it."""
        code = "forgetting.since" if self.due_on <= today else "forgetting.from"
        return told(code, lang, learner=who, day=self.due_on.isoformat())

    def is_soon(self, today: date) -> bool:
        """Whether it is due, or will be within `SOON` days."""
        return (self.due_on - today).days <= SOON


@dataclass(frozen=True)
class FadingSkill:
    """One skill, with those who are about to forget it."""

    skill: str
    learners: tuple[Fading, ...]
    """Most likely forgotten first."""
    known: int
    """How many have practised it at all."""


def class_haste(course: Course, files: Iterable[LearnersFile]) -> int:
    """How fast the class forgets beside the model: what is usual for who has answered little yet."""
    trained = what_trains(library_of(course.root), course)
    return usual_haste_from(_practised_of(file, course, trained) for file in files)


_known: dict[tuple[Path, str], tuple[LearnersFile, list[Practised]]] = {}


def _practised_of(file: LearnersFile, course: Course, trained: Callable[[str], Trained]) -> list[Practised]:
    """What a learner practised, counted once of a file: a class is looked at every minute, and few have answered since."""
    here = (course.root, file.student)
    known = _known.get(here)
    if known is None or known[0] is not file:
        known = (file, practised_in(file.attempts, file.drills, trained))
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[here] = known
    return known[1]


def fading_skills(
    course: Course, files: Mapping[str, LearnersFile], today: date, usual: int = 1
) -> tuple[FadingSkill, ...]:
    """What learners are about to forget, the skill of most of them first: what to take up with the class.

    Args:
        course: The course.
        files: The learners' progress files, by id.
        today: The business day.
        usual: The haste that the class was told (`class_haste`), by which learners' homes go.
    """
    known: dict[str, list[Fading]] = {}
    for each in _remembered(course, files, today, usual):
        known.setdefault(each.skill, []).append(each)
    found = [
        FadingSkill(skill, tuple(sorted((each for each in all_of if each.is_soon(today)), key=_by_chance)), len(all_of))
        for skill, all_of in known.items()
    ]
    return tuple(sorted((each for each in found if each.learners), key=lambda each: (-len(each.learners), each.skill)))


def _by_chance(each: Fading) -> tuple[float, str]:
    return each.chance, each.student


def _remembered(course: Course, files: Mapping[str, LearnersFile], today: date, usual: int) -> list[Fading]:
    """Every skill that has drills and was practised, of every learner."""
    library = library_of(course.root)
    trained = what_trains(library, course)
    found = []
    for student, file in sorted(files.items()):
        practised = _practised_of(file, course, trained)
        haste = haste_from(practised, usual)
        for skill in library.by_skill:
            state = state_of(skill, practised, today, haste)
            if state.phase is not SkillPhase.NEW and state.due_on is not None:
                found.append(Fading(student, skill, state.due_on, state.chance))
    return found

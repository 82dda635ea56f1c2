"""The self-check of a level: which of its lines a learner's record shows today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.learner.practice.history import skill_states
from classroom.learner.progress.rounds import RoundKind
from coursebook.practice.evidence import SOLUTION_SEEN, what_trains
from coursebook.practice.results import is_passed
from coursebook.practice.spacing import SkillPhase

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from classroom.learner.practice.history import History
    from classroom.learner.progress import ExerciseProgress
    from coursebook import Course
    from coursebook.practice import Library, ReviewRecord
    from coursebook.practice.gates import AbilityRecord


@dataclass(frozen=True)
class SelfCheck:
    """One line."""

    ability: AbilityRecord
    shown: bool
    """Whether its exercises are passed and the skills that they are about are known today, without help and in mixed practice."""
    aided: frozenset[str]
    """Those of its exercises that were never right before their solution was open."""


def self_checks(
    library: Library, course: Course, progress: Mapping[str, ExerciseProgress], history: History, today: date
) -> tuple[SelfCheck, ...]:
    """Every line of every level.

    An exercise alone shows little: its solution can be opened and copied. So the skill that it is about must be known as well, by the same
    memory that home and rounds go by.
    """
    trains = what_trains(library, course)
    states = skill_states(list(library.by_skill), history, trains, today)
    known = {each.skill for each in states if each.phase is SkillPhase.GREEN}
    drilled = library.by_skill.keys()
    done = {exercise for exercise, each in progress.items() if each.state.is_done}
    right = {each.exercise_id for each in history.tries if each.accepted}
    unaided = {each.exercise_id for each in history.tries if each.accepted and each.rung < SOLUTION_SEEN}
    checks = []
    for ability in library.abilities:
        about = {skill for each in ability.shown_by for skill in trains(each).skills[:1]} & drilled
        shown = bool(ability.shown_by) and done.issuperset(ability.shown_by) and known >= about
        checks.append(SelfCheck(ability, shown, frozenset(ability.shown_by) & (right - unaided)))
    return tuple(checks)


def is_review_passed(review: ReviewRecord, history: History) -> bool:
    """Whether the review of a level was ever passed."""
    taken = [each for each in history.rounds if each.kind is RoundKind.REVIEW and each.name == review.id]
    return any(is_passed(review, each.right) for each in taken if each.current is None)

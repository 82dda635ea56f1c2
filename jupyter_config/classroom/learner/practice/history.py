"""What was practised, told from the tries and rounds of the progress file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.learner.progress.rounds import RoundBook
from coursebook.practice.evidence import SOLUTION_SEEN, Trained, first_judged, practised_in
from coursebook.practice.spacing import SkillState, business_day, haste_from, state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from classroom.exchange.records import ClassState
    from classroom.learner.progress import ProgressStore, Try
    from classroom.learner.progress.rounds import Round
    from classroom.learner.state.desk import Desk
    from coursebook.practice.day_draft import Broken
    from coursebook.practice.spacing import Practised


@dataclass(frozen=True)
class History:
    """Everything the learner did."""

    tries: tuple[Try, ...]
    rounds: tuple[Round, ...]
    cards: tuple[tuple[str, datetime], ...] = ()
    """The id of each question of the day that was answered, and when."""
    usual: int = 1
    """How fast the learner's class forgets (`coursebook.practice.memory.usual_haste`)."""
    broken: tuple[Broken, ...] = ()
    """How the learner's class fared with the latest drafts of the day."""

    @property
    def days(self) -> set[date]:
        """Business days on which something was answered."""
        return {business_day(each.at) for each in self.tries} | {business_day(at) for _, at in self.cards}

    def lessons_so_far(self, lessons: Sequence[str], start: str = "") -> Sequence[str]:
        """The lessons up to the furthest one that was begun, or up to the one that a test led to."""
        begun = self.begun | {start}
        return lessons[: max((at for at, each in enumerate(lessons, 1) if each in begun), default=0)]

    @property
    def begun(self) -> set[str]:
        """The lessons of which an exercise was answered."""
        return {each.exercise_id.partition("-")[0] for each in self.tries}

    def practised(self, trained: Callable[[str], Trained]) -> list[Practised]:
        """What each exercise and drill showed of each skill (`evidence.practised_in`)."""
        return practised_in(self.tries, {item.exercise_id for each in self.rounds for item in each.items}, trained)

    def shown(self, trained: Callable[[str], Trained]) -> frozenset[str]:
        """The skills of whatever was right before its solution was open: done once, which is not yet remembered."""
        right = {each.exercise_id for each in self.tries if each.accepted and each.rung < SOLUTION_SEEN}
        return frozenset(skill for each in right for skill in trained(each).skills)

    def mistakes(self, trained: Callable[[str], Trained]) -> list[str]:
        """Exercises that were answered wrongly at first and whose skill was not right since on a later day's drill, the oldest first."""
        first = first_judged(self.tries).values()
        asked = {item.exercise_id for each in self.rounds for item in each.items}
        right_at: dict[str, datetime] = {}
        for each in first:
            if each.exercise_id in asked and each.accepted and each.rung < SOLUTION_SEEN:
                for skill in trained(each.exercise_id).skills[:1]:
                    right_at[skill] = max(each.at, right_at.get(skill, each.at))
        wrong = [
            each
            for each in first
            if not each.accepted
            and not any(right_at.get(skill, each.at) > each.at for skill in trained(each.exercise_id).skills[:1])
        ]
        return [each.exercise_id for each in sorted(wrong, key=lambda each: each.at)]


def history_of(desk: Desk) -> History:
    """The learner's tries and rounds; nothing if there is no progress file."""
    store = desk.progress
    if store is None:
        return History((), ())
    return history_in(store, desk.class_state)


def history_in(store: ProgressStore, state: ClassState | None) -> History:
    """What a progress file holds, in the class of which that is known."""
    book = RoundBook(store)
    return History(store.tries(), book.rounds(), book.cards(), *((state.haste, state.broken) if state else ()))


def skill_states(
    skills: Sequence[str], history: History, trained: Callable[[str], Trained], today: date
) -> list[SkillState]:
    """The state of each skill today."""
    practised = history.practised(trained)
    haste = haste_from(practised, history.usual)
    return [state_of(skill, practised, today, haste) for skill in skills]

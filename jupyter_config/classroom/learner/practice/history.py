"""What was practised, told from the tries and rounds of the progress file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.learner.progress.rounds import RoundBook
from coursebook.answer_cell import drill_of
from coursebook.practice.memory import Recall
from coursebook.practice.spacing import Practised, SkillState, business_day, haste_from, state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from classroom.learner.progress import Try
    from classroom.learner.progress.rounds import Round
    from classroom.learner.state.desk import Desk
    from coursebook import Course
    from coursebook.practice import Library

JUDGED = frozenset({"accepted", "partly", "refuted"})
SOLUTION_SEEN = 3
"""From this rung of the ladder on the answer stood there to be copied: being right then shows nothing."""


@dataclass(frozen=True)
class Trained:
    """What an exercise or a drill trains."""

    skills: tuple[str, ...]
    """The first is the one it is about; the others are used on the way."""
    is_written: bool
    """Whether the answer is written; else it is one of a few that could be guessed."""


@dataclass(frozen=True)
class History:
    """Everything the learner did."""

    tries: tuple[Try, ...]
    rounds: tuple[Round, ...]
    cards: tuple[tuple[str, datetime], ...] = ()
    """The id of each question of the day that was answered, and when."""

    @property
    def days(self) -> set[date]:
        """Business days on which something was answered."""
        return {business_day(each.at) for each in self.tries} | {business_day(at) for _, at in self.cards}

    def lessons_so_far(self, lessons: Sequence[str], start: str = "") -> Sequence[str]:
        """The lessons up to the furthest one that was begun, or up to the one that a test led to."""
        begun = {each.exercise_id.partition("-")[0] for each in self.tries} | {start}
        return lessons[: max((at for at, each in enumerate(lessons, 1) if each in begun), default=0)]

    def first_judged(self) -> Mapping[str, Try]:
        """The first try at each exercise that was judged; one that did not run says nothing about the skill."""
        first: dict[str, Try] = {}
        for each in self.tries:
            if each.status in JUDGED:
                first.setdefault(each.exercise_id, each)
        return first

    def practised(self, trained: Callable[[str], Trained]) -> list[Practised]:
        """What each exercise and drill showed of each skill: of a mistake, that the skill it is about was missed and no other.

        A drill counts where a round asked it: whoever types a number after a drill's name chooses the question.
        """
        mixed = {item.exercise_id for each in self.rounds for item in each.items}
        found = []
        for each in self.first_judged().values():
            if drill_of(each.exercise_id) and each.exercise_id not in mixed:
                continue
            of = trained(each.exercise_id)
            recall = _shown(each, of)
            skills = of.skills if recall is not Recall.MISSED else of.skills[:1]
            if recall is not None:
                at = business_day(each.at)
                found += [Practised(skill, at, recall, each.exercise_id in mixed) for skill in skills]
        return found

    def shown(self, trained: Callable[[str], Trained]) -> frozenset[str]:
        """The skills of whatever was right before its solution was open: done once, which is not yet remembered."""
        right = {each.exercise_id for each in self.tries if each.accepted and each.rung < SOLUTION_SEEN}
        return frozenset(skill for each in right for skill in trained(each).skills)

    def mistakes(self, trained: Callable[[str], Trained]) -> list[str]:
        """Exercises that were answered wrongly at first and whose skill was not right since on a later day's drill, the oldest first."""
        first = self.first_judged().values()
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
    book = RoundBook(store)
    return History(store.tries(), book.rounds(), book.cards())


def what_trains(library: Library, course: Course) -> Callable[[str], Trained]:
    """What an exercise of the course or a drill of the library trains; nothing if there is none such."""

    def find(exercise_id: str) -> Trained:
        if drill := drill_of(exercise_id):
            template = library.templates.get(drill[0])
            return Trained((template.skill,), template.kind.counts_as_written) if template else _NOTHING
        try:
            record = course.exercise(exercise_id).record
        except KeyError:
            return _NOTHING
        return Trained(tuple(record.skills), record.kind.counts_as_written)

    return find


_NOTHING = Trained((), is_written=False)


def _shown(first: Try, trained: Trained) -> Recall | None:
    """What the first judged try showed; None where the solution was open."""
    if not first.accepted:
        return Recall.MISSED
    if first.rung >= SOLUTION_SEEN:
        return None
    if first.rung:
        return Recall.HELPED
    return Recall.WRITTEN if trained.is_written else Recall.CHOSEN


def skill_states(
    skills: Sequence[str], history: History, trained: Callable[[str], Trained], today: date
) -> list[SkillState]:
    """The state of each skill today."""
    practised = history.practised(trained)
    haste = haste_from(practised)
    return [state_of(skill, practised, today, haste) for skill in skills]

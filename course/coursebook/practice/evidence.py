"""What answers show of skills: the one reading of tries and rounds, by which a learner's home and a mentor's page go."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from coursebook.answer_cell import drill_of
from coursebook.course import Course
from coursebook.kind import AnswerForm, Kind
from coursebook.practice.library import Library
from coursebook.practice.memory import Recall
from coursebook.practice.spacing import Practised, business_day
from sqlgrade.engine.written_rows import rows_written

JUDGED = frozenset({"accepted", "partly", "refuted"})
SOLUTION_SEEN = 3
"""From this rung of the ladder on the answer stood there to be copied: being right then shows nothing."""


class KeptTry(Protocol):
    """One run of an answer cell, as whoever keeps it has it."""

    @property
    def exercise_id(self) -> str:
        """The exercise or drill."""

    @property
    def at(self) -> datetime:
        """When, with time zone."""

    @property
    def status(self) -> str:
        """The outcome, by its name."""

    @property
    def answer(self) -> str:
        """What was written."""

    @property
    def rung(self) -> int:
        """The highest rung of the ladder that was open."""


AnyAnswer = TypeVar("AnyAnswer", bound=KeptTry)


@dataclass(frozen=True)
class Trained:
    """What an exercise or a drill trains."""

    skills: tuple[str, ...]
    """The first is the one it is about; the others are used on the way."""
    kind: Kind | None
    """Of what kind it is; None where there is nothing such."""


def first_judged(tries: Iterable[AnyAnswer]) -> Mapping[str, AnyAnswer]:
    """The first try at each exercise that was judged; one that did not run says nothing about the skill."""
    first: dict[str, AnyAnswer] = {}
    for each in tries:
        if each.status in JUDGED:
            first.setdefault(each.exercise_id, each)
    return first


def practised_in(
    tries: Iterable[KeptTry], asked: Collection[str], trained: Callable[[str], Trained]
) -> list[Practised]:
    """What each exercise and drill showed of each skill: of a mistake, that the skill it is about was missed and no other.

    A drill counts where a round asked it: whoever types a number after a drill's name chooses the question.

    Args:
        tries: In the order in which they were made.
        asked: Drills that rounds asked.
        trained: What an exercise or drill trains.
    """
    found = []
    for each in first_judged(tries).values():
        if drill_of(each.exercise_id) and each.exercise_id not in asked:
            continue
        of = trained(each.exercise_id)
        recall = _shown(each, of)
        skills = of.skills if recall is not Recall.MISSED else of.skills[:1]
        if recall is not None:
            at = business_day(each.at)
            found += [Practised(skill, at, recall, each.exercise_id in asked) for skill in skills]
    return found


def what_trains(library: Library, course: Course) -> Callable[[str], Trained]:
    """What an exercise of the course or a drill of the library trains; nothing if there is none such."""

    def find(exercise_id: str) -> Trained:
        if drill := drill_of(exercise_id):
            template = library.templates.get(drill[0])
            return Trained((template.skill,), template.kind) if template else _NOTHING
        try:
            record = course.exercise(exercise_id).record
        except KeyError:
            return _NOTHING
        return Trained(tuple(record.skills), record.kind)

    return find


_NOTHING = Trained((), None)


def _shown(first: KeptTry, trained: Trained) -> Recall | None:
    """What the first judged try showed; None where the solution was open."""
    if first.status != "accepted":
        return Recall.MISSED
    if first.rung >= SOLUTION_SEEN:
        return None
    if first.rung:
        return Recall.HELPED
    return Recall.WRITTEN if trained.kind is not None and _is_written(trained.kind, first.answer) else Recall.CHOSEN


def _is_written(kind: Kind, answer: str) -> bool:
    """Whether an answer is in words of one's own, which can't be guessed: rows against a draft are, a word that approves it is not."""
    return kind.counts_as_written or (kind.answer is AnswerForm.ROWS and rows_written(answer) > 0)

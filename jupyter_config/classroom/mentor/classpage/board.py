"""The board: learners by exercises, each with its state, and who is stuck now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from classroom.mentor.grading.store import DeskStore
from classroom.mentor.place.gradebook import open_gradebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from classroom.mentor.classpage.progress_files import Attempt, LearnersFile
    from classroom.mentor.grading.store import DeskAnswer
    from classroom.mentor.place.folder import MentorFolder

STUCK_TRIES = 3
"""Wrong tries in a row after which somebody may want help."""
STUCK_FOR = timedelta(minutes=30)
"""How recent the last of them must be to count as now."""


STUCK_LATELY = timedelta(days=7)
"""How recent it must be for somebody who has tried nothing else since."""


class State(StrEnum):
    """How one learner stands with one exercise."""

    NOTHING = "nothing"
    TRYING = "trying"
    """Run, not right yet, not handed in."""
    DONE = "done"
    """Right in the learner's own folder, not handed in."""
    UNTOUCHED = "untouched"
    """Handed in as it was released."""
    WRONG = "wrong"
    PARTLY = "partly"
    RIGHT = "right"
    WAITING = "waiting"
    """A person must read it, or the judge once more."""


@dataclass(frozen=True)
class Square:
    """One learner at one exercise."""

    student: str
    exercise: str
    state: State
    tries: int = 0
    points: float | None = None
    possible: float | None = None


@dataclass(frozen=True)
class Stuck:
    """Someone who has tried in vain lately."""

    student: str
    exercise: str
    tries: int
    since: datetime
    answer: str
    """The last of the tries."""
    rung: int = 0
    """The highest hint that was open then."""
    status: str = ""
    code: str | None = None
    near_miss: str | None = None
    """What was said of it."""


@dataclass(frozen=True)
class Board:
    """A lesson's class at one moment."""

    assignment: str
    exercises: tuple[str, ...]
    students: tuple[str, ...]
    squares: tuple[Square, ...]
    stuck: tuple[Stuck, ...]


def build_board(
    folder: MentorFolder, assignment: str, files: Mapping[str, LearnersFile], now: datetime | None = None
) -> Board:
    """The board of a lesson, from the gradebook's class list, the judged hand-ins and the learners' progress files."""
    lesson = folder.course.lesson(assignment)
    exercises = lesson.placed_ids(folder.lang)
    with open_gradebook(folder) as gradebook:
        enrolled = [each.id for each in gradebook.students]
    handed_in = {(each.student, each.exercise): each for each in DeskStore(folder.store_path).answers(assignment)}
    students = tuple(sorted({*enrolled, *(student for student, _ in handed_in)}))
    tries = _tries(files)
    places = [(student, exercise) for student in students for exercise in exercises]
    squares = tuple(_square(*place, handed_in.get(place), tries.get(place, [])) for place in places)
    moment = now or datetime.now(UTC)
    stuck = [found for place in places if (found := stuck_at(*place, tries.get(place, []), moment))]
    return Board(assignment, exercises, students, squares, tuple(sorted(stuck, key=lambda each: each.since)))


def _tries(files: Mapping[str, LearnersFile]) -> dict[tuple[str, str], list[Attempt]]:
    """The tries by learner and exercise."""
    found: dict[tuple[str, str], list[Attempt]] = {}
    for student, file in files.items():
        for each in file.attempts:
            found.setdefault((student, each.exercise), []).append(each)
    return found


def _square(student: str, exercise: str, handed_in: DeskAnswer | None, tries: list[Attempt]) -> Square:
    if handed_in is None:
        state = State.NOTHING
        if tries:
            state = State.DONE if any(each.status == "accepted" for each in tries) else State.TRYING
        return Square(student, exercise, state, len(tries))
    return Square(student, exercise, _judged(handed_in), len(tries), handed_in.points, handed_in.possible)


def _judged(answer: DeskAnswer) -> State:
    if answer.is_open:
        return State.WAITING
    if answer.outcome == "refused":
        return State.UNTOUCHED
    if answer.outcome == "accepted":
        return State.RIGHT
    return State.PARTLY if answer.outcome == "partly" else State.WRONG


def stuck_lately(files: Mapping[str, LearnersFile], now: datetime) -> tuple[Stuck, ...]:
    """Who tried last in vain, within days, and has gone on with nothing since: longest first."""
    found = []
    for student, file in files.items():
        if file.attempts:
            last = max(file.attempts, key=lambda each: each.at).exercise
            tries = [each for each in file.attempts if each.exercise == last]
            found.append(stuck_at(student, last, tries, now, within=STUCK_LATELY))
    return tuple(sorted((each for each in found if each is not None), key=lambda each: each.since))


def stuck_at(
    student: str, exercise: str, tries: Iterable[Attempt], now: datetime, within: timedelta = STUCK_FOR
) -> Stuck | None:
    """Whether the latest tries were all in vain, enough of them, and not long ago."""
    ordered = sorted(tries, key=lambda each: each.at)
    run: list[Attempt] = []
    for each in reversed(ordered):
        if each.status == "accepted":
            break
        run.append(each)
    if len(run) < STUCK_TRIES or abs(now - run[0].at) > within or len(run) < len(ordered):
        return None
    last = run[0]
    told = (last.status, last.code, last.near_miss)
    return Stuck(student, exercise, len(run), run[-1].at, last.answer, last.rung, *told)

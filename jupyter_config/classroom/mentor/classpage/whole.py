"""The whole class at one moment: all lessons and all learners, read once for all who draw it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from classroom.mentor.classpage.progress_files import read_files
from classroom.mentor.grading.marks import all_marks
from classroom.mentor.grading.states import HandInState, hand_in_states
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.place.calendar import as_utc
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.gradebook import open_gradebook, short_names
from classroom.mentor.returning.owed import owed
from classroom.mentor.returning.send import is_released

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.mentor.classpage.progress_files import LearnersFile
    from classroom.mentor.grading.marks import Marks
    from classroom.mentor.grading.store import DeskAnswer
    from classroom.mentor.place.folder import MentorFolder
    from classroom.mentor.returning.owed import OwedPages


@dataclass(frozen=True)
class ListedLearner:
    """One learner of the class list."""

    id: str
    name: str
    """Last and first name; the id where the list has neither."""
    team: str
    """Empty without one."""


class WholeClass:
    """What the desk knows at the moment it is made; each part is read when it is first asked for.

    Raises:
        DeskFault: a store of the desk is gone or held.
    """

    def __init__(self, folder: MentorFolder, now: dt.datetime | None = None) -> None:
        self.folder, self.now = folder, now or dt.datetime.now(dt.UTC)
        self.teams = class_file(folder).teams()
        with open_gradebook(folder) as gradebook:
            names = short_names(gradebook)
            due = {each.name: as_utc(each.duedate) for each in gradebook.assignments}
        learners = [ListedLearner(student, name, self.teams.get(student, "")) for student, name in names.items()]
        self.learners = tuple(sorted(learners, key=lambda each: (each.team == "", each.team, each.id)))
        self.released = tuple(each for each in folder.course.lesson_ids if is_released(folder, each))
        self.due = {lesson: due.get(lesson) for lesson in self.released}
        """ISO 8601 in UTC, or None."""

    @cached_property
    def names(self) -> dict[str, str]:
        """The learners' names by id."""
        return {each.id: each.name for each in self.learners}

    @cached_property
    def files(self) -> dict[str, LearnersFile]:
        """The learners' progress files, each learner's latest."""
        return read_files(self.folder)

    @cached_property
    def marks(self) -> dict[tuple[str, str], Marks]:
        """The gradebook's marks by lesson and learner."""
        return all_marks(self.folder)

    @cached_property
    def answers(self) -> Mapping[tuple[str, str], Mapping[str, DeskAnswer]]:
        """The judged answers by lesson and learner, then by exercise."""
        found: dict[tuple[str, str], dict[str, DeskAnswer]] = {}
        for each in DeskStore(self.folder.store_path).answers():
            found.setdefault((each.assignment, each.student), {})[each.exercise] = each
        return found

    @cached_property
    def states(self) -> dict[str, dict[str, HandInState]]:
        """How each hand-in stands, by lesson."""
        return {lesson: hand_in_states(self.folder, lesson, self.marks) for lesson in self.released}

    @cached_property
    def owed(self) -> dict[str, tuple[str, ...]]:
        """Who is to get a lesson back, by lesson."""
        return {lesson: each.ready for lesson, each in self._owed.items()}

    @cached_property
    def withheld(self) -> dict[str, tuple[str, ...]]:
        """Whose page would take something away that they have, by lesson."""
        return {lesson: each.withheld for lesson, each in self._owed.items()}

    def is_back(self, lesson: str, student: str) -> bool:
        """Whether the learner has a lesson back as it now stands."""
        is_graded = self.states.get(lesson, {}).get(student) is HandInState.GRADED
        return is_graded and student not in self.owed[lesson] and student not in self.withheld[lesson]

    @cached_property
    def _owed(self) -> dict[str, OwedPages]:
        return {lesson: owed(self.folder, lesson, self.states[lesson], self.marks) for lesson in self.released}

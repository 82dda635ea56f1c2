"""The learner's desk: what a running kernel knows, and what magics may use."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from classroom.assistant.line import AssistantLine, assistant_line
from classroom.exchange.class_wishes import ClassWishes, class_wishes
from classroom.exchange.judge_line import JudgeLine, shared_judge
from classroom.folder import find_folder, find_practice
from classroom.language import Lang, current_language
from classroom.learner.state.parameter_book import ParameterBook
from classroom.session.connection import Session
from sqlgrade.dialect.heading import DUCKDB

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from classroom.exchange.records import ClassState
    from classroom.folder import Folder
    from classroom.learner.progress import ProgressStore
    from classroom.learner.state.drills import DrillBook
    from classroom.learner.state.marking import Marker
    from classroom.learner.state.own_objects import OwnObjects
    from classroom.session.case import Case
    from classroom.session.display import Display
    from classroom.session.result import ResultTable
    from coursebook import LessonExercise
    from sqlgrade.dialect.spoken import Spoken


_log = logging.getLogger(__name__)
_LETTING_GO_SECONDS = 2.0


def _alone(display: Display) -> Sequence[Display]:
    return [display]


@dataclass
class Desk:
    """Session, language, the last result, and the marker that judges answers."""

    lang: Lang = field(default_factory=current_language)
    practice: Path | None = None
    edition: int | None = None
    """The numbering that the notebook's exercises are in; None is the course's latest."""
    last_sql: str = ""
    """The last statement that gave a result, without its %chart line."""
    last_result: ResultTable | None = None
    last_written: str = ""
    """The same as it stood in its cell, its parameters not filled in."""
    results: dict[str, str] = field(default_factory=dict)
    """Statements that gave a result, by their token."""
    cases: dict[str, Case] = field(default_factory=dict)
    """The last judged answer to each exercise, the latest at the end."""
    climbed: dict[str, int] = field(default_factory=dict)
    """How many hints the line %hint has shown for each of them."""
    source: str = ""
    """The cell that runs, as it is written."""
    draft_wanted: tuple[str, str] = ("", "")
    """The request for which a draft may be asked by a click, under the name that its button bears."""
    next_input: str = ""
    """What a new cell below the running one shall hold."""
    lesson: str = ""
    """The lesson whose notebook is worked in; empty outside of any."""
    night: int = 0
    """How many nights have gone by after the end of the practice data."""
    parameters: ParameterBook = field(default_factory=ParameterBook)
    """The parameters of the cell that runs, and what was chosen for them."""
    speaks: str = DUCKDB
    """The dialect in which the cell that runs is read."""
    told: dict[str, Spoken] = field(default_factory=dict)
    """Translated statements -> as they were written."""
    told_unkept: bool = False
    """Whether the learner knows that nothing can be written down."""
    ended: Callable[[Display], Sequence[Display]] = _alone
    """How a cell shows that it was ended from outside: an answer has a place for that, and others to clear."""
    _progress: ProgressStore | None = None
    _fixed: Session | None = None
    """The practice data as they are, while the session looks at them after some nights or with the learner's own schema."""

    def __post_init__(self) -> None:
        if self.practice is None:
            self.practice = find_practice(self.lang)

    @cached_property
    def session(self) -> Session:
        """The practice database, opened when it is first needed."""
        return Session(self.practice, given=lambda: self.given_views)

    @cached_property
    def given_views(self) -> Mapping[str, str]:
        """Name -> query of the views that the course's lessons give, in the language of the practice data."""
        from coursebook.problem import CourseError

        try:
            return self.marker.course.given_queries(self.lang)
        except CourseError:
            _log.warning("the course can't be read: no lesson gives a view", exc_info=True)
            return {}

    def go_to(self, night: int) -> None:
        """Look at the practice data after so many nights, 0 for the data as they are; raises MarketplaceError."""
        fixed = self._fixed or self.session
        opened = Session(self.practice, fixed.limits, night, given=lambda: self.given_views) if night else fixed
        if self.session is not fixed:
            self.session.close()
        self._fixed, self.session, self.night = fixed if night else None, opened, night

    def open_own(self) -> bool:
        """Let the session have the learner's own schema as it is kept; False outside of any folder, where nothing is."""
        if self.progress_path is None:
            return False
        if not self.session.has_own:
            fixed = self._fixed or self.session
            opened = Session(self.practice, fixed.limits, self.night, own=True, given=lambda: self.given_views)
            if self.session is not fixed:
                self.session.close()
            self._fixed, self.session = fixed, opened
        self.own_objects.bring(self.session)
        return True

    @cached_property
    def own_objects(self) -> OwnObjects:
        """The learner's own views and tables; asked for only where open_own is true."""
        from classroom.learner.state.own_objects import FILE, OwnObjects

        if self.progress_path is None:
            raise FileNotFoundError(FILE)
        return OwnObjects(self.progress_path.with_name(FILE))

    @cached_property
    def wishes(self) -> ClassWishes:
        """What the class around the learner wants; nothing where there is none."""
        return class_wishes(self.practice.parent if self.practice and find_folder() is None else None)

    @property
    def say_type(self) -> Callable[[str], str]:
        """How a column's type is told to this learner: in words until the lesson on types."""
        from classroom.learner.progress.reached import lesson_number, lessons_begun
        from classroom.session.type_words import NAMED_FROM, type_sayer

        reached = {lesson_number(self.lesson)} if self.lesson else lessons_begun(self.progress_path)
        alone = not self.lesson and self.progress_path is None
        return type_sayer(self.lang, named=alone or any(each >= NAMED_FROM for each in reached))

    @cached_property
    def marker(self) -> Marker:
        """Whoever judges answers, made when the first answer is run or at the kernel's leisure."""
        from classroom.learner.state.marking import Marker

        if self.line is not None:
            from classroom.learner.state.shared_marking import SharedMarker

            return SharedMarker(self.line, self.practice, self.lang, self._drill, self.edition)
        return Marker(self.practice, self.lang, self._drill, self.edition)

    @cached_property
    def line(self) -> JudgeLine | None:
        """The line to the judge that all learners of a hub share; None where this kernel judges for itself."""
        return shared_judge()

    @cached_property
    def assistant(self) -> AssistantLine | None:
        """The line to the company's assistant; None where no operator has named one."""
        return assistant_line()

    @cached_property
    def drills(self) -> DrillBook:
        """The practice templates, drawn on the practice data."""
        from classroom.learner.state.drills import DrillBook

        return DrillBook(self.marker.course, self._fixed or self.session, self.lang, self.line)

    @cached_property
    def folder(self) -> Folder | None:
        """The learner's folder around the working directory or the practice data; None outside of any."""
        return find_folder() or (find_folder(self.practice.parent) if self.practice else None)

    @cached_property
    def progress_path(self) -> Path | None:
        """Where the progress file of the surrounding folder lies; None outside of any."""
        return self.folder.progress if self.folder else None

    @property
    def class_state(self) -> ClassState | None:
        """What everybody in the class may know, as it came last; None outside of any class."""
        if self.progress_path is None:
            return None
        from classroom.exchange.mailbox import Mailbox

        return Mailbox(self.progress_path.parent).known.state

    def colleagues_ways(self, exercise_id: str) -> tuple[str, ...]:
        """Right answers of colleagues that the class's mentors show."""
        state, course = self.class_state, self.marker.course
        latest = course.numbering.ids(course.used_numbering, course.numbering.latest)
        wanted = latest.get(exercise_id, exercise_id)
        return tuple(each.sql for each in state.ways if each.exercise == wanted) if state else ()

    @property
    def progress(self) -> ProgressStore | None:
        """The progress file; None outside of any folder, and as long as the file can't be used."""
        if self._progress is None and self.progress_path is not None:
            from classroom.learner.progress.opening import open_progress

            self._progress = open_progress(self.progress_path, self.marker.course)
        return self._progress

    def done(self) -> frozenset[str]:
        """The exercises with nothing left to do, as far as the progress file says."""
        from classroom.learner.progress.opening import UNUSABLE

        try:
            progress = self.progress.progress() if self.progress else {}
        except UNUSABLE:
            return frozenset()
        return frozenset(exercise_id for exercise_id, each in progress.items() if each.state.is_done)

    def open_case(self, case: Case) -> Case:
        """Take an answer as the latest; its hints begin anew."""
        self.cases.pop(case.exercise.id, None)
        self.climbed.pop(case.exercise.id, None)
        self.cases[case.exercise.id] = case
        return case

    def take_next_input(self) -> str:
        """The text of the cell to put below the one that has run; empty if there is none."""
        taken, self.next_input = self.next_input, ""
        return taken

    def _drill(self, exercise_id: str) -> LessonExercise:
        return self.drills.exercise(exercise_id)

    def stop(self) -> None:
        """Stop whatever is running."""
        if "session" in self.__dict__:
            self.session.watch.stop()
        if "marker" in self.__dict__:
            self.marker.stop()
        if self.__dict__.get("assistant") is not None and self.assistant is not None:
            self.assistant.give_up()

    def begin(self) -> None:
        """A cell begins to run."""
        self.ended = _alone

    def let_go(self) -> None:
        """Let go of the judge's workers, as far as a process may that ends in the midst of something."""
        if "marker" in self.__dict__:
            closing = threading.Thread(target=self.marker.close, daemon=True)
            closing.start()
            closing.join(_LETTING_GO_SECONDS)

    def close(self) -> None:
        """Let go of the database and of the judge's workers."""
        if "marker" in self.__dict__:
            self.marker.close()
        if "session" in self.__dict__:
            self.go_to(0)
            self.session.close()

"""Judges answers in the judge's own processes, and remembers the last answer to each exercise."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from classroom.chosen_course import chosen_course
from classroom.learner.state.pack_shelf import Closed, PackShelf
from coursebook.answer_cell import canonical_id, drill_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path

    from coursebook import Course, Judgement, LessonExercise
    from coursebook.answer_cell import AnswerCell
    from sqlgrade import Grader, Pack

_log = logging.getLogger(__name__)


class Stopped(Exception):  # noqa: N818  (not a fault: the learner pressed Stop)
    """Judging was stopped by the learner."""


class HintsFirst(Exception):  # noqa: N818  (a fact, told as a sentence)
    """There is something to be done before."""

    def __init__(self, lacks: tuple[str, ...]) -> None:
        """`lacks` names the hints that are not open yet; "answer" is among them where no answer has run."""
        super().__init__(*lacks)
        self.lacks = lacks


class UnknownExercise(KeyError):  # noqa: N818  (a value for the learner, told as a sentence)
    """The course has no exercise of that name."""


class Marker:
    """The judge with the course at hand; one answer is judged at a time."""

    def __init__(
        self,
        practice: Path | None,
        lang: str,
        drill: Callable[[str], LessonExercise] | None = None,
        edition: int | None = None,
    ) -> None:
        self._drill = drill
        self._edition = edition
        self._practice = practice
        self._lang = lang
        self._answers: dict[str, AnswerCell] = {}
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="marker")
        self._spare = ThreadPoolExecutor(1, thread_name_prefix="prepare")
        self._lock = threading.Lock()
        self._course: Course | None = None
        self._grader: Grader | None = None
        self._stop = Future[None]()
        self._packs = PackShelf()

    @property
    def course(self) -> Course:
        """The course in the notebook's numbering, read once."""
        with self._lock:
            if self._course is None:
                course = chosen_course()
                edition = self._edition
                self._course = course if edition is None else course.in_numbering(course.numbering.known(edition))
            return self._course

    @property
    def grader(self) -> Grader:
        """The judge with its warm workers."""
        with self._lock:
            if self._grader is None:
                from sqlgrade import Grader

                self._grader = Grader(workers=1, practice=self._practice)
            return self._grader

    def exercise(self, exercise_id: str) -> LessonExercise:
        """One exercise of the course, or one of its drills.

        Raises:
            UnknownExercise: there is none of that name.
        """
        try:
            if self._drill is not None and drill_of(exercise_id):
                return self._drill(exercise_id)
            return self.course.exercise(exercise_id).in_language(self._lang)
        except KeyError as fault:
            raise UnknownExercise(exercise_id) from fault

    def mark(self, cell: AnswerCell) -> Judgement:
        """Judge an answer and remember it as the last one.

        Raises:
            UnknownExercise: the course has no such exercise.
            Stopped: the learner pressed Stop.
        """
        exercise = self.exercise(cell.exercise_id)
        self.remember(cell)
        self._stop = Future()
        work = self._pool.submit(self._judge, exercise, cell)
        waiting: tuple[Future[Any], ...] = (work, self._stop)
        wait(waiting, return_when=FIRST_COMPLETED)
        if not work.done():
            raise Stopped
        return work.result()

    def judge_aside(self, cell: AnswerCell) -> Judgement:
        """Judge what is not the learner's answer: nothing is remembered of it."""
        return self._pool.submit(self._judge, self.exercise(cell.exercise_id), cell).result()

    def climb(self, exercise: LessonExercise, hint: str) -> None:
        """A hint is opened that needs nobody's help."""

    def help_from_judge(
        self, duty: str, exercise: LessonExercise, words: tuple[str, ...] = ()
    ) -> dict[str, Any] | None:
        """What a judge that is elsewhere makes of a solution which is not here; None where it is here.

        Raises:
            NoJudge: the judge is away.
            HintsFirst: there are hints to be opened before.
        """
        del duty, exercise, words
        return None

    def revealed(self, exercise: LessonExercise) -> LessonExercise:
        """The exercise with its solution, for whoever has climbed that far; raises as help_from_judge does."""
        return exercise

    def remember(self, cell: AnswerCell) -> None:
        """Take an answer as the last one to its exercise, without judging it yet."""
        self._answers[cell.exercise_id] = cell

    def last_answer(self, exercise_id: str) -> AnswerCell | None:
        """The last answer to an exercise; None if there was none."""
        return self._answers.get(canonical_id(exercise_id))

    def last_judgement(self, exercise_id: str) -> Judgement | None:
        """The judgement of the last answer to an exercise; None if there was none."""
        answer = self.last_answer(exercise_id)
        return None if answer is None else self.mark(answer)

    def stop(self) -> None:
        """Give up the answer that is being judged."""
        if not self._stop.done():
            self._stop.set_result(None)

    def prepare(self, lesson_id: str, done: Callable[[], Collection[str]] = frozenset) -> Future[None]:
        """Warm the judge and make the pack of a lesson's first exercise that is not done, in the background."""
        return self._spare.submit(self._prepare, lesson_id, done)

    def prepare_exercises(self, exercise_ids: Iterable[str]) -> None:
        """Make the packs of these exercises ready, in the background."""
        exercises = [self.exercise(each) for each in exercise_ids]
        for exercise in exercises:
            if exercise.kind.answer.needs_pack:
                self._spare.submit(self._ready, exercise)

    def close(self) -> None:
        """End the judge's processes."""
        self._packs.close()
        self.stop()
        for pool in (self._spare, self._pool):
            pool.shutdown(wait=False, cancel_futures=True)
        if self._grader is not None:
            self._grader.close()

    def _judge(self, exercise: LessonExercise, cell: AnswerCell) -> Judgement:
        from coursebook import Judgement, Outcome, judge_cell
        from sqlgrade import ExerciseFault

        grader = self.grader  # warms up while the pack is made
        try:
            pack = self._packs.pack_of(exercise) if exercise.kind.answer.needs_pack else None
            return judge_cell(exercise, cell, grader, self._lang, pack=pack)
        except Closed:
            raise Stopped from None
        except ExerciseFault as fault:
            _log.warning("%s cannot be judged: %s", exercise.id, fault)
            return Judgement(
                exercise.id, exercise.kind.letter, self._lang, Outcome.AUTHOR_FAULT, possible=exercise.points
            )
        finally:
            self._prepare_after(exercise)

    def _prepare(self, lesson_id: str, done: Callable[[], Collection[str]]) -> None:
        if self._packs.closed:
            return
        _ = self.grader
        known = done()
        placed = self.course.lesson(lesson_id).placed_exercises(self._lang)
        pack = self._ready_first(each for each in placed if each.id not in known)
        if pack is not None:
            self.grader.prepare(pack)

    def _prepare_after(self, exercise: LessonExercise) -> None:
        """Make the pack of the exercise that follows in its lesson, if there is one."""
        if drill_of(exercise.id) or self._packs.closed:
            return
        placed = self.course.lesson(exercise.id.partition("-")[0]).placed_exercises(self._lang)
        at = next((number for number, each in enumerate(placed, 1) if each.id == exercise.id), len(placed))
        with suppress(RuntimeError):  # closed meanwhile
            self._spare.submit(self._ready_first, placed[at:])

    def _ready_first(self, exercises: Iterable[LessonExercise]) -> Pack | None:
        exercise = next((each for each in exercises if each.kind.answer.needs_pack), None)
        return self._ready(exercise) if exercise is not None else None

    def _ready(self, exercise: LessonExercise) -> Pack | None:
        with suppress(Exception):  # told to the learner who runs the answer
            return None if self._packs.closed else self._packs.pack_of(exercise)
        return None

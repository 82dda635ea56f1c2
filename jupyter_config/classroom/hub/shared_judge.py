"""The judge that all learners of a hub share: the whole course, its packs and warm workers, for all learners and both languages."""

from __future__ import annotations

import logging
import threading
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from classroom.folder import shared_practice
from classroom.hub.climbed import EARLY, SOLUTION, Climbed
from classroom.hub.helping import did_run, lacking, shape_told, simpler_told
from classroom.language import LANGS, Lang
from classroom.learner.practice.today import values_of
from classroom.learner.state.drills import DrillBook
from classroom.learner.state.pack_shelf import Closed, PackShelf
from classroom.session.connection import Session
from coursebook import Judgement, Outcome, judge_cell
from coursebook.answer_cell import AnswerCell, drill_of
from coursebook.kind import AnswerForm
from coursebook.practice import shown_drill
from coursebook.practice.vague import load_questions
from coursebook.told import Told, outline_of, told_of
from sqlgrade import ExerciseFault, Grader
from sqlgrade.tables.values import to_plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.exchange.judge_line import JudgeRequest
    from coursebook import Course, LessonExercise

_log = logging.getLogger(__name__)
_PACKS = 64
"""Packs at hand, some megabytes each; the others are read from the cache again."""
_UNTRIED = frozenset({Outcome.REFUSED})
"""Where nothing has been written yet there is nothing to help on."""
_IN_ROOM = frozenset({"idea", "place"})
"""The hints that a room can show by itself, and tells the service of; it makes the others."""
_QUOTED = 40


class Unasked(ValueError):  # noqa: N818  (told to whoever asked)
    """There is no such exercise or duty, or it is not yet time to ask that."""


class _Spoken:
    """What judging in one language takes: workers, and the practice data to draw drills and numbers from."""

    def __init__(self, course: Course, lang: Lang, hands: int) -> None:
        practice = shared_practice(lang)
        self.grader = Grader(workers=hands, practice=practice)
        self.session = Session(practice, given=lambda: course.given_queries(lang))
        self.session.give()
        self.drills = DrillBook(course, self.session, lang)
        self.asking = threading.Lock()
        """Held by whoever runs a query in the session: one at a time."""


class SharedJudge:
    """Does what learners' kernels ask for; every duty gives what JSON can hold."""

    def __init__(self, course: Course, hands: int, climbed: Climbed | None = None) -> None:
        self._climbed = climbed or Climbed()
        self._course, self._hands = course, hands
        self._packs = PackShelf(_PACKS)
        self._spoken: dict[Lang, _Spoken] = {}
        self._earlier: dict[int, Course] = {}
        self._lock = threading.Lock()
        self.duties: dict[str, Callable[[str, JudgeRequest], dict[str, Any]]] = {
            "judge": self.judge,
            "hint": self.hint,
            "simpler": self.simpler,
            "shape": self.shape,
            "reveal": self.reveal,
            "draw": self.draw,
            "readings": self.readings,
        }

    def judge(self, who: str, asked: JudgeRequest) -> dict[str, Any]:
        """The judgement of an answer; with a right one, what is told of the exercise, else the names that its card needs."""
        exercise = self._exercise(asked)
        judgement = self._judged(exercise, asked)
        self._climbed.count_answer(who, self._counted_as(exercise, asked), ran=did_run(judgement))
        is_right = judgement.outcome is Outcome.ACCEPTED
        told = told_of(exercise, asked.lang) if is_right else Told(outline=outline_of(exercise))
        return {"judgement": to_plain(asdict(judgement)), "told": to_plain(asdict(told))}

    def hint(self, who: str, asked: JudgeRequest) -> dict[str, Any]:
        """Takes down that a hint was opened which the room has from the judgement and the lesson."""
        if asked.hint not in _IN_ROOM:
            raise Unasked(f"no hint {asked.hint[:_QUOTED]!r}")
        self._climbed.take_down(who, self._counted_as(self._exercise(asked), asked), asked.hint)
        return {}

    def simpler(self, who: str, asked: JudgeRequest) -> dict[str, Any]:
        """The simpler form for an answer, what belongs there left out; with words in it, which of them are wrong."""
        exercise, judgement = self._tried(asked)
        if lacks := lacking(
            "simpler", exercise, judgement, self._climbed.steps(who, self._counted_as(exercise, asked))
        ):
            return {"lacks": lacks}
        self._climbed.take_down(who, self._counted_as(exercise, asked), "simpler")
        try:
            return simpler_told(exercise, judgement, asked)
        except ValueError as fault:
            raise Unasked("these words do not fit") from fault

    def shape(self, who: str, asked: JudgeRequest) -> dict[str, Any]:
        """What the result looks like: the judgement names its columns as well, so it waits for no hint."""
        exercise, judgement = self._tried(asked)
        if exercise.kind.answer is not AnswerForm.QUERY:
            raise Unasked("it has no result")
        spoken = self._in(asked.lang)
        with spoken.asking:
            told = shape_told(exercise, spoken.session)
        if not lacking("shape", exercise, judgement, self._climbed.steps(who, self._counted_as(exercise, asked))):
            self._climbed.take_down(who, self._counted_as(exercise, asked), "shape")
        return told

    def reveal(self, who: str, asked: JudgeRequest) -> dict[str, Any]:
        """The solution, for whoever has had an answer run and has opened every hint before it; words are compared by their writer."""
        exercise = self._exercise(asked)
        if exercise.kind.answer is not AnswerForm.WORDS:
            exercise, judgement = self._tried(asked)
            steps = self._climbed.steps(who, self._counted_as(exercise, asked))
            is_due = judgement.outcome is Outcome.ACCEPTED or SOLUTION in steps
            if not is_due and (lacks := lacking("solution", exercise, judgement, steps)):
                _log.info("%s asks for the solution of %s before its hints", who, exercise.id)
                self._climbed.take_down(who, self._counted_as(exercise, asked), EARLY)
                return {"lacks": lacks}
        _log.info("%s opens the solution of %s", who, exercise.id)
        self._climbed.take_down(who, self._counted_as(exercise, asked), SOLUTION)
        return {"told": to_plain(asdict(told_of(exercise, asked.lang)))}

    def draw(self, who: str, asked: JudgeRequest) -> dict[str, Any]:
        """A drill as a learner sees it; None where the data has no fair one."""
        del who
        drill = self._in(asked.lang).drills.drawn(asked.template, asked.seed)
        return {"drill": drill and asdict(shown_drill(drill, asked.lang))}

    def readings(self, who: str, asked: JudgeRequest) -> dict[str, Any]:
        """The number that each reading of a question of the day gives."""
        del who
        questions = (each for each in load_questions(self._course.root) if each.id == asked.exercise)
        question = next(questions, None)
        if question is None:
            raise Unasked(f"no question {asked.exercise}")
        spoken = self._in(asked.lang)
        with spoken.asking:
            return {"values": values_of(question, spoken.session)}

    def warm_up(self) -> None:
        """Make what is missing of the packs, one after the other, lessons in their order."""
        exercises = (each for lesson in self._course.lessons for each in lesson.exercises)
        for exercise in exercises:
            for variant in exercise.variants if exercise.kind.answer.needs_pack else ():
                try:
                    self._packs.build(variant)
                except Closed:
                    return

    def close(self) -> None:
        """End the workers and what is being made."""
        self._packs.close()
        for spoken in self._spoken.values():
            spoken.grader.close()
            spoken.session.close()
        self._climbed.close()

    def _tried(self, asked: JudgeRequest) -> tuple[LessonExercise, Judgement]:
        """The exercise and the judgement of the answer that help is asked for; raises Unasked where nothing is written."""
        exercise = self._exercise(asked)
        judgement = self._judged(exercise, asked)
        if judgement.outcome in _UNTRIED:
            raise Unasked("nothing has been written yet")
        return exercise, judgement

    def _judged(self, exercise: LessonExercise, asked: JudgeRequest) -> Judgement:
        grader = self._in(asked.lang).grader
        try:
            pack = self._packs.pack_of(exercise) if exercise.kind.answer.needs_pack else None
            cell = AnswerCell(exercise.id, asked.text, dialect=asked.dialect)
            return judge_cell(exercise, cell, grader, asked.lang, pack=pack)
        except ExerciseFault as fault:
            _log.warning("%s cannot be judged: %s", exercise.id, fault)
            letter, points = exercise.kind.letter, exercise.points
            return Judgement(exercise.id, letter, asked.lang, Outcome.AUTHOR_FAULT, possible=points)

    def _exercise(self, asked: JudgeRequest) -> LessonExercise:
        try:
            if drill_of(asked.exercise):
                return self._in(asked.lang).drills.exercise(asked.exercise)
            return self._numbered(asked.edition).exercise(asked.exercise).in_language(asked.lang)
        except KeyError as fault:
            raise Unasked(f"no exercise {asked.exercise}") from fault

    def _counted_as(self, exercise: LessonExercise, asked: JudgeRequest) -> str:
        """An exercise's id in the course's own numbering: what is counted of it is not taken for another's that bore its number."""
        numbering = self._course.numbering
        if asked.edition is None:
            return exercise.id
        ids = numbering.ids(numbering.known(asked.edition), self._course.used_numbering)
        return ids.get(exercise.id, exercise.id)

    def _numbered(self, edition: int | None) -> Course:
        if edition is None:
            return self._course
        known = self._course.numbering.known(edition)
        with self._lock:
            return self._earlier.setdefault(known, self._course.in_numbering(known))

    def _in(self, spoken: str) -> _Spoken:
        lang = next((each for each in LANGS if each == spoken), None)
        if lang is None:
            raise Unasked(f"no language {spoken}")
        with self._lock:
            if lang not in self._spoken:
                self._spoken[lang] = _Spoken(self._course, lang, self._hands)
            return self._spoken[lang]

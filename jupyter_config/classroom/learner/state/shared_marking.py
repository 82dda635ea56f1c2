"""Judges answers by the judge that all learners of a hub share: no solution and no pack is in this process."""

from __future__ import annotations

import logging
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from classroom.exchange.judge_line import JudgeLine, JudgeRequest, NoJudge
from classroom.learner.state.marking import HintsFirst, Marker, Stopped
from coursebook import Judgement, Outcome
from coursebook.judgement import NO_JUDGE, Message
from coursebook.told import Told, with_told
from sqlgrade.tables.values import from_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path

    from coursebook import LessonExercise
    from coursebook.answer_cell import AnswerCell


_log = logging.getLogger(__name__)
_HINT_PATIENCE = 2.0
"""So long is the judge asked again to count a hint, in seconds."""


class SharedMarker(Marker):
    """A marker whose judge is elsewhere; what a right answer has earned is kept beside the exercise."""

    def __init__(
        self,
        line: JudgeLine,
        practice: Path | None,
        lang: str,
        drill: Callable[[str], LessonExercise] | None = None,
        edition: int | None = None,
    ) -> None:
        super().__init__(practice, lang, drill, edition)
        self._line = line
        self._told: dict[str, Told] = {}
        self._unsent: deque[JudgeRequest] = deque()
        """Opened hints that the judge has not counted yet; its one reader is the spare thread."""

    def exercise(self, exercise_id: str) -> LessonExercise:
        """One exercise of the course or a drill, with what has been told of it.

        Raises:
            UnknownExercise: there is none of that name.
        """
        exercise = super().exercise(exercise_id)
        told = self._told.get(exercise.id)
        return exercise if told is None else with_told(exercise, told, self._lang)

    def climb(self, exercise: LessonExercise, hint: str) -> None:
        """A hint is opened: the judge counts it, now or with the next thing that it is asked; nobody waits for that."""
        self._unsent.append(replace(self._question(exercise, None), hint=hint))
        with suppress(RuntimeError):  # closed meanwhile
            self._spare.submit(self._tell_hints)

    def help_from_judge(
        self, duty: str, exercise: LessonExercise, words: tuple[str, ...] = ()
    ) -> dict[str, Any] | None:
        """What the judge makes of a solution that is not here; None where it has been told; raises NoJudge, HintsFirst."""
        known = self.exercise(exercise.id)
        if known.solutions or known.model_answers:
            return None
        self._spare.submit(self._tell_hints).result()
        reply: dict[str, Any] = self._line.ask(
            duty, replace(self._question(exercise, self.last_answer(exercise.id)), words=words)
        )
        if reply.get("lacks"):
            raise HintsFirst(tuple(map(str, reply["lacks"])))
        return reply

    def revealed(self, exercise: LessonExercise) -> LessonExercise:
        """The exercise with its solution, for whoever has climbed that far; raises NoJudge, HintsFirst."""
        reply = self.help_from_judge("reveal", exercise)
        if reply is not None:
            self._told[exercise.id] = from_plain(Told, reply["told"])
        return self.exercise(exercise.id)

    def _tell_hints(self) -> None:
        """Tell the judge of opened hints in their order; one that it can't be told stays for the next time."""
        beside = self._line.beside(_HINT_PATIENCE)
        while self._unsent:
            try:
                beside.ask("hint", self._unsent[0])
            except NoJudge as none:
                _log.warning("a hint that was opened can't be told to the judge: %s", none.why)
                return
            self._unsent.popleft()

    def prepare(self, lesson_id: str, done: Callable[[], Collection[str]] = frozenset) -> Future[None]:
        """Nothing: the shared judge is ready for everybody."""
        del lesson_id, done
        ready = Future[None]()
        ready.set_result(None)
        return ready

    def prepare_exercises(self, exercise_ids: Iterable[str]) -> None:
        """Nothing, as above."""

    def stop(self) -> None:
        """Give up the answer that is being judged."""
        super().stop()
        self._line.give_up()

    def _judge(self, exercise: LessonExercise, cell: AnswerCell) -> Judgement:
        try:
            reply: dict[str, Any] = self._line.ask("judge", self._question(exercise, cell))
        except NoJudge as none:
            if self._stop.done():
                raise Stopped from None
            return Judgement(
                exercise.id,
                exercise.kind.letter,
                self._lang,
                Outcome.UNJUDGED,
                possible=exercise.points,
                messages=(Message(NO_JUDGE[none.why]),),
            )
        if not exercise.solutions:  # what was told before stays told
            self._told[exercise.id] = from_plain(Told, reply["told"])
        judgement = from_plain(Judgement, reply["judgement"])
        return replace(judgement, offset=judgement.offset + cell.offset)

    def _question(self, exercise: LessonExercise, cell: AnswerCell | None) -> JudgeRequest:
        if cell is None:
            return JudgeRequest(self._lang, exercise.id, self._edition)
        return JudgeRequest(self._lang, exercise.id, self._edition, cell.answer, cell.dialect)

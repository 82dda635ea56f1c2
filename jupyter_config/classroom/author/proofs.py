"""Proves what the page shows, beside the page: texts at once, then the judge's word, then which mistakes its data let pass.

The checks are those of `penguin check`, of one exercise alone; packs and verdicts come from the same cache.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from coursebook.packs import pack_builder, pack_of
from coursebook.proving import Demand, check_lessons, opened_grader, prove_exercise

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.author.reading import CourseNow, Spot
    from coursebook import LessonExercise, Problem
    from coursebook.judging import QueryGrader
    from sqlgrade.pack.report import MutantFate

Kept = TypeVar("Kept")
_log = logging.getLogger(__name__)
_MOST_KEPT = 200
_LOOKS_SECONDS = 0.2
"""So often it is seen whether somebody has saved again while data are searched."""


@dataclass(frozen=True)
class TextProof:
    """What reading a lesson finds."""

    problems: tuple[Problem, ...] = ()
    fault: str = ""
    """Why it could not be looked through."""


@dataclass(frozen=True)
class JudgeProof:
    """What the judge says of an exercise, as far as it has come."""

    problems: tuple[Problem, ...] = ()
    is_judged: bool = False
    alive: tuple[tuple[str, MutantFate], ...] = ()
    """Language of the variant, or empty, and a mutant that no data tell from the solution."""
    mutants: int = 0
    """Mutants that were tried."""
    is_whole: bool = False
    """Whether nothing more is to come."""
    seconds: float = 0.0
    fault: str = ""
    """Why it could not be judged."""


@dataclass(frozen=True)
class Asked:
    """What somebody looks at now."""

    now: CourseNow
    spot: Spot

    @property
    def texts(self) -> str:
        """The key of what reading finds."""
        return f"{self.spot.lesson} {self.now.lesson_stamp(self.spot)}"

    @property
    def judged(self) -> str:
        """The key of what the judge finds."""
        return f"{self.spot.path} {self.now.exercise_stamp(self.spot)}"


@dataclass
class Proofs:
    """One thread that proves what was asked for last; what it found for the same files is kept."""

    texts: dict[str, TextProof] = field(default_factory=dict)
    judged: dict[str, JudgeProof] = field(default_factory=dict)
    _asked: Asked | None = None
    _ended: bool = False
    _wake: threading.Condition = field(default_factory=threading.Condition)
    _thread: threading.Thread | None = None

    def ask(self, asked: Asked) -> tuple[TextProof | None, JudgeProof | None]:
        """What is known of what is looked at; what is missing is proved from now on, and anything else is left."""
        with self._wake:
            if self._asked is None or (self._asked.texts, self._asked.judged) != (asked.texts, asked.judged):
                self._asked = asked
                self._wake.notify()
            if self._thread is None and not self._ended:
                self._thread = threading.Thread(target=self._run, name="author's proofs", daemon=True)
                self._thread.start()
        return self.texts.get(asked.texts), self.judged.get(asked.judged)

    def close(self) -> None:
        """End the thread and the judge's processes."""
        with self._wake:
            self._ended, self._asked = True, None
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        done: Asked | None = None
        with ExitStack() as stack:
            grader: QueryGrader | None = None
            while (asked := self._next(done)) is not None:
                done = asked
                self._prove_texts(asked)
                exercise = asked.now.exercise(asked.spot)
                if self._is_stale(asked) or exercise is None or not self._wants_judge(asked, exercise):
                    continue
                if grader is None:
                    grader = stack.enter_context(opened_grader(Demand()))
                self._prove_exercise(asked, exercise, grader)

    def _next(self, done: Asked | None) -> Asked | None:
        """What is asked for and was not done; None when it is over."""
        with self._wake:
            while not self._ended and (self._asked is None or self._asked is done):
                self._wake.wait()
            return self._asked

    def _is_stale(self, asked: Asked) -> bool:
        return self._asked is not asked

    def _prove_texts(self, asked: Asked) -> None:
        if asked.texts in self.texts:
            return
        try:
            lesson, unread = asked.now.lesson(asked.spot)
            found = check_lessons((lesson,), None, Demand(), []) if lesson else []
            proof = TextProof((*unread, *found))
        except Exception as fault:  # noqa: BLE001  (a check that stumbles over a half-written file costs this look alone)
            _log.warning("%s could not be looked through", asked.spot.lesson, exc_info=True)
            proof = TextProof(fault=_in_words(fault))
        _keep(self.texts, asked.texts, proof)

    def _wants_judge(self, asked: Asked, exercise: LessonExercise) -> bool:
        """Whether the judge has something to say: where a solution can't be planned, its line is told already."""
        known = self.judged.get(asked.judged)
        if known is not None and known.is_whole:
            return False
        texts = self.texts[asked.texts].problems
        return not any(each.code == "query_fails" and each.file.is_relative_to(exercise.folder) for each in texts)

    def _prove_exercise(self, asked: Asked, exercise: LessonExercise, grader: QueryGrader) -> None:
        began = time.monotonic()
        try:
            proof = JudgeProof(prove_exercise(exercise, grader, Demand()).problems, is_judged=True)
            _keep(self.judged, asked.judged, replace(proof, seconds=time.monotonic() - began))
            for variant in exercise.variants if _has_mutants(exercise, proof) else ():
                if not build_full_pack(variant, lambda: self._is_stale(asked)):
                    return
                proof = _with_mutants(proof, variant, named=len(exercise.variants) > 1)
            proof = replace(proof, is_whole=True)
        except Exception as fault:  # noqa: BLE001  (told on the page, which goes on)
            _log.warning("%s could not be judged", asked.spot.path, exc_info=True)
            proof = JudgeProof(is_judged=True, is_whole=True, fault=_in_words(fault))
        _keep(self.judged, asked.judged, replace(proof, seconds=time.monotonic() - began))


def build_full_pack(variant: LessonExercise, is_stale: Callable[[], bool] = lambda: False) -> bool:
    """Build the pack with all mutants in a process of its own, unless it is there; False where it went stale meanwhile."""
    builder = pack_builder(variant, "full")
    if builder is None:
        return True
    builder.start()
    try:
        while builder.is_alive():
            if is_stale():
                return False
            builder.join(_LOOKS_SECONDS)
    finally:
        builder.kill()
        builder.join()
    return True


def _has_mutants(exercise: LessonExercise, proof: JudgeProof) -> bool:
    """Whether there is a pack to be searched: a query that the judge could use."""
    is_used = not any(each.code == "exercise_fault" for each in proof.problems)
    return is_used and exercise.kind.answer.needs_pack and bool(exercise.solutions)


def _with_mutants(proof: JudgeProof, variant: LessonExercise, *, named: bool) -> JudgeProof:
    report = pack_of(variant, "full").report
    if report is None:
        return proof
    lang = variant.schema.lang if named else ""
    alive = tuple((lang, each) for each in report.survivors)
    return replace(proof, alive=(*proof.alive, *alive), mutants=proof.mutants + len(report.mutants))


def _keep(kept: dict[str, Kept], key: str, proof: Kept) -> None:
    kept.pop(key, None)
    kept[key] = proof
    while len(kept) > _MOST_KEPT:
        del kept[next(iter(kept))]


def _in_words(fault: Exception) -> str:
    return " ".join(str(fault).split()) or type(fault).__name__

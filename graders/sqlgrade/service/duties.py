"""What a worker process does with the messages it is sent."""

from __future__ import annotations

import gc
import logging
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack
from sqlgrade.pack.contents import Pack
from sqlgrade.record import Exercise, ExerciseFault
from sqlgrade.service.replies import READY, UNKNOWN_PACK, Fault

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)
_MOST_FAULTS = 64
_MOST_BUILT = 4
"""Exercises of a batch come one after the other, some 16 MB each; few are needed again."""


class Duties:
    """Answers "pack" and "exercise", which make one ready, and "grade"."""

    def __init__(self, practice: Path | None, *, shrinks: bool = True) -> None:
        self._judge = Judge(practice, shrinks=shrinks)
        self._faults: OrderedDict[str, Fault] = OrderedDict()
        self._built_here: OrderedDict[str, None] = OrderedDict()
        """The packs of exercises that come without one: nobody has looked at what their data can tell."""

    def answer(self, message: tuple[Any, ...]) -> Any:
        """The answer to one message, or the fault that stood in its way.

        Raises:
            MemoryError: only a new process can help.
        """
        try:
            return self._answer(message)
        except MemoryError:
            raise
        except ExerciseFault as fault:
            return Fault("exercise", str(fault))
        except Exception as fault:  # noqa: BLE001  (a bug of ours ends no process, and is never the learner's)
            _log.exception("a worker could not do its duty: %s", message[0])
            return Fault("internal", repr(fault))

    def _answer(self, message: tuple[Any, ...]) -> Any:
        match message:
            case ("pack", bytes(data)):
                self._judge.prepare(Pack.from_bytes(data)).warm()
                return READY
            case ("exercise", str(key), Exercise() as exercise):
                return self._built(key, exercise)
            case ("grade", str(key), str(sql), bool(deep), str(dialect)):
                if not self._judge.knows(key):
                    return UNKNOWN_PACK
                return self._judge.grade_key(key, sql, deep=deep, proving=key in self._built_here, dialect=dialect)
        raise ValueError(f"no such duty: {message[0]!r}")

    def _built(self, key: str, exercise: Exercise) -> str | Fault:
        """Builds the exercise's pack here and lets an older one go; a faulty exercise is tried once."""
        if key in self._faults:
            return self._faults[key]
        self._built_here[key] = None
        while len(self._built_here) > _MOST_BUILT:
            self._judge.forget(self._built_here.popitem(last=False)[0])
            gc.collect()
        try:
            self._judge.prepare(build_pack(exercise)).warm()
        except ExerciseFault as fault:
            self._faults[key] = Fault("exercise", str(fault))
            while len(self._faults) > _MOST_FAULTS:
                self._faults.popitem(last=False)
            return self._faults[key]
        return READY

    def forget(self) -> None:
        """Lets go of all packs; one that is asked for again is unknown until it is sent again."""
        self._judge.forget()
        gc.collect()  # trees are cycles, and what is freed late leaves holes between which nothing is given back

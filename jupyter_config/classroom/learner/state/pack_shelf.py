"""The packs that judging has made ready, each made once, by whoever asks first, in a process of its own."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from coursebook import LessonExercise
    from sqlgrade.pack.contents import Pack


class Closed(Exception):  # noqa: N818  (a fact, not an error of ours)
    """No pack is made any more."""


class PackShelf:
    """As many packs as are kept at hand; the others lie in the cache."""

    def __init__(self, most: int = 1_000) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._packs: OrderedDict[tuple[str, Path, str], Future[Pack]] = OrderedDict()
        self._builders: set[BaseProcess] = set()
        self.closed = False

    def pack_of(self, exercise: LessonExercise) -> Pack:
        """The exercise's pack.

        Raises:
            sqlgrade.ExerciseFault: the exercise can't be made into one.
            Closed: the shelf was closed meanwhile.
        """
        key = exercise.id, exercise.folder, exercise.schema.lang  # a number may have been another exercise's
        with self._lock:
            known = self._packs.get(key)
            pack = known or self._packs.setdefault(key, Future())
            self._packs.move_to_end(key)
            while len(self._packs) > self._most:
                self._packs.popitem(last=False)
        if known is None:
            try:
                pack.set_result(self._make(exercise))
            except Exception as fault:  # noqa: BLE001  (whatever it is, it is told to all who wait)
                pack.set_exception(fault)
        return pack.result()

    def close(self) -> None:
        """End what is being made."""
        self.closed = True
        for builder in tuple(self._builders):
            builder.terminate()

    def build(self, exercise: LessonExercise) -> None:
        """Put a missing pack into the cache, made in a process: seconds of work would hold up every other answer.

        Raises:
            Closed: the shelf was closed meanwhile.
        """
        from coursebook.packs import pack_builder

        builder = pack_builder(exercise)
        if builder is not None:
            builder.start()
            self._builders.add(builder)
            import_module("sqlgrade.pack.building")  # what reads the pack, meanwhile
            builder.join()
            self._builders.discard(builder)
        if self.closed:
            raise Closed

    def _make(self, exercise: LessonExercise) -> Pack:
        from coursebook.packs import pack_of

        self.build(exercise)
        return pack_of(exercise)

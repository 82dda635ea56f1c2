"""The judge's packs of the course, built once and kept in the user's cache."""

import multiprocessing
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from coursebook.cache import cache_folder
from coursebook.exercise import LessonExercise
from sqlgrade.pack.keys import Depth, pack_file
from sqlgrade.record import Exercise, ExerciseFault

if TYPE_CHECKING:
    from sqlgrade.pack.contents import Pack

SEED = 0
"""The seed of the packs that learners meet."""

_ONE_BUILD_AT_A_TIME = Lock()
"""Building a pack takes memory and all of a core: two threads of a kernel wait for each other."""
_WORTH_PROCESSES = 3
"""Missing packs from which on starting processes takes less time than it saves."""


def pack_of(exercise: LessonExercise, depth: Depth = "quick", seed: int = SEED) -> "Pack":
    """The pack of an exercise, from the cache or built now.

    Raises:
        ExerciseFault: the exercise can't be made into one.
    """
    return _pack(exercise.sqlgrade, depth, seed, cache_folder())


def pack_of_task(task: Exercise, depth: Depth = "quick", seed: int = SEED) -> "Pack":
    """The pack of a task that is no exercise of its own, a draft's; as pack_of."""
    return _pack(task, depth, seed, cache_folder())


def build_packs(
    exercises: Iterable[LessonExercise],
    depth: Depth = "quick",
    seed: int = SEED,
    told: Callable[[int, int], None] | None = None,
) -> None:
    """Build the packs that are missing, on all cores; faults are left to whoever asks for the pack.

    Args:
        exercises: whose packs.
        depth: how much data each has.
        seed: what they are drawn with.
        told: is told after each how many there are by now, and how many there will be.
    """
    judged = [each.sqlgrade for each in exercises if each.kind.answer.needs_pack and each.solutions]
    folder = cache_folder()
    missing = [each for each in judged if not pack_file(folder, each, seed, depth).is_file()]
    if len(missing) < _WORTH_PROCESSES:
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(os.cpu_count() or 1, len(missing)), mp_context=context) as pool:
        building = [pool.submit(_build_quietly, exercise, depth, seed, folder) for exercise in missing]
        for number, _ in enumerate(as_completed(building), 1):
            if told:
                told(number, len(missing))


def pack_builder(exercise: LessonExercise, depth: Depth = "quick", seed: int = SEED) -> BaseProcess | None:
    """A process, not yet started, that builds a missing pack and ends with its parent; None where the pack is there."""
    folder = cache_folder()
    if pack_file(folder, exercise.sqlgrade, seed, depth).is_file():
        return None
    work = (exercise.sqlgrade, depth, seed, folder)
    return multiprocessing.get_context("spawn").Process(target=_build_quietly, args=work, daemon=True)


def _build_quietly(exercise: Exercise, depth: Depth, seed: int, folder: Path) -> None:
    try:
        _pack(exercise, depth, seed, folder)
    except ExerciseFault:
        return


def _pack(exercise: Exercise, depth: Depth, seed: int, folder: Path) -> "Pack":
    import sqlgrade

    with _ONE_BUILD_AT_A_TIME:
        return sqlgrade.pack_for(exercise, seed, folder, depth)

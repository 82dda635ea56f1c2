"""The judge's packs of the course, built once and kept in the user's cache."""

from pathlib import Path
from typing import Any

import platformdirs

from coursebook.exercise import LessonExercise

SEED = 0
"""The seed of the packs that learners meet."""


def cache_folder() -> Path:
    """Where packs are kept between runs."""
    return Path(platformdirs.user_cache_dir("second-penguin", appauthor=False)) / "packs"


def pack_of(exercise: LessonExercise, depth: str = "quick") -> Any:
    """The pack of an exercise, from the cache or built now.

    Raises:
        sqlgrade.ExerciseFault: the exercise can't be made into one.
    """
    import sqlgrade

    return sqlgrade.pack_for(exercise.sqlgrade, SEED, cache_folder(), depth)

"""What a learner has done so far: every try kept, in one local file."""

from classroom.progress.records import ExerciseProgress, ProgressState, Try
from classroom.progress.store import ProgressStore

__all__ = ["ExerciseProgress", "ProgressState", "ProgressStore", "Try"]

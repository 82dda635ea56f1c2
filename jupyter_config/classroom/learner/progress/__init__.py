"""What a learner has done so far: every try kept, in one local file."""

from classroom.learner.progress.records import ExerciseProgress, ProgressState, Try
from classroom.learner.progress.store import ProgressStore

__all__ = ["ExerciseProgress", "ProgressState", "ProgressStore", "Try"]

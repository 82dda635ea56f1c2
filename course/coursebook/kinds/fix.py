"""Fix: the learner repairs a query that is given."""

from collections.abc import Iterator

from coursebook.exercise import LessonExercise
from coursebook.kind import Kind
from coursebook.kinds.by_result import judge_by_result
from coursebook.problem import Problem


def unchanged_is_a_near_miss(exercise: LessonExercise) -> Iterator[Problem]:
    """The query as it is given must be a near miss of its own."""
    unchanged = next((each for each in exercise.near_misses if each.stem == "unchanged"), None)
    if unchanged is None:
        yield Problem(exercise.folder / "exercise.toml", 1, "unchanged_missing")
    elif _squeezed(unchanged.text) != _squeezed(exercise.starter):
        yield Problem(unchanged.path, 1, "unchanged_differs")


def _squeezed(sql: str) -> str:
    lines = (line for line in sql.splitlines() if not line.lstrip().startswith("--"))
    return " ".join(" ".join(lines).split()).rstrip("; ")


KIND = Kind(
    "F",
    "fix",
    judge_by_result,
    least_near_misses=3,
    starter_faults=unchanged_is_a_near_miss,
    counts_as_written=True,
)

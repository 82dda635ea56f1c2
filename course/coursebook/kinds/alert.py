"""Write an alert: a query that is run after each of many nights, and has to ring on the right ones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from coursebook.exercise import LessonExercise
from coursebook.kind import Kind
from coursebook.kinds.by_result import judge_by_result
from coursebook.problem import Problem
from sqlgrade.record import Exercise, Watch


@dataclass(frozen=True)
class AlertRecord:
    """[alert]: how databases/nights.sql is cut into nights, and what a row says of one."""

    arrived: Mapping[str, str] = field(default_factory=dict)
    """Table -> condition under which its rows are there on the morning after the night {day}; left out, all are."""
    runs: tuple[int, ...] = (1, 2, 3)
    """The fillings that nights.sql makes, each with its own number for {run}."""
    day: str = "business_date"
    """The column that says which night it is about."""
    rings: str = "is_alert"
    """The column that says whether to ring."""
    exact: tuple[str, ...] = ()
    """Further columns that have to be as in the solution."""


def with_nights(exercise: LessonExercise, judged: Exercise) -> Exercise:
    """The exercise with its nights in place of small databases."""
    record = exercise.record.table(AlertRecord)
    if record is None:
        return judged
    watch = Watch("\n".join(exercise.databases), record.runs, record.arrived, record.day, record.rings, record.exact)
    return replace(judged, databases=(), watch=watch)


def nights_are_told(exercise: LessonExercise) -> Iterator[Problem]:
    """[alert] must be there, and its columns must be among those asked for."""
    path, record = exercise.folder / "exercise.toml", exercise.record.table(AlertRecord)
    if record is None:
        yield Problem(path, 1, "key_missing", {"key": "alert"})
        return
    for name in (record.day, record.rings, *record.exact):
        if name not in exercise.record.column_names:
            yield Problem(path, 1, "alert_column", {"name": name})


KIND = Kind(
    "A",
    "alert",
    judge_by_result,
    required=("starter.sql", "solution.sql", "databases/nights.sql"),
    optional=("also-right/*.sql", "near-misses/*.sql"),
    table=("alert", AlertRecord),
    least_near_misses=3,
    starter_faults=nights_are_told,
    simpler=None,
    counts_as_written=True,
    handed_over=with_nights,
)

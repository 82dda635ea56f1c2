"""Review: the learner says whether somebody else's draft may be used, what is wrong with it, and who shows it; a mark a column."""

from collections.abc import Iterator

from coursebook.exercise import LessonExercise
from coursebook.kind import AnswerForm, Kind
from coursebook.kinds.blanks import blanks_are_there
from coursebook.kinds.by_column import judge_by_column
from coursebook.kinds.counterexample import DRAFT_FILES
from coursebook.kinds.drafts import DraftRecord, drafts_are_told
from coursebook.problem import Problem


def draft_and_blanks(exercise: LessonExercise) -> Iterator[Problem]:
    """The draft must be told of, and the starter must leave something to fill in."""
    yield from drafts_are_told(exercise)
    yield from blanks_are_there(exercise)


KIND = Kind(
    "R",
    "review",
    judge_by_column,
    answer=AnswerForm.VALUES,
    required=("starter.sql", "solution.sql", *DRAFT_FILES),
    optional=("near-misses/*.sql", "query.sql"),
    table=("draft", DraftRecord),
    starter_faults=draft_and_blanks,
    simpler=None,
)

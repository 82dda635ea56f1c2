"""Decide: the learner writes the letters of the options chosen."""

from coursebook.kind import AnswerForm, Kind
from coursebook.kinds.blanks import blanks_are_there
from coursebook.kinds.by_column import judge_by_column

KIND = Kind(
    "Q",
    "decide",
    judge_by_column,
    answer=AnswerForm.VALUES,
    optional=("near-misses/*.sql",),
    starter_faults=blanks_are_there,
    simpler=None,
    guess=0.34,  # one of three
)

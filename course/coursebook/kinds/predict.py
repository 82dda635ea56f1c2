"""Predict: the learner writes the values a query will return before running it."""

from coursebook.kind import AnswerForm, Kind
from coursebook.kinds.blanks import blanks_are_there
from coursebook.kinds.by_column import judge_by_column

KIND = Kind(
    "P",
    "predict",
    judge_by_column,
    answer=AnswerForm.VALUES,
    optional=("near-misses/*.sql", "query.sql"),
    starter_faults=blanks_are_there,
    simpler=None,
    guess=0.15,  # a few small numbers, all of which have to be met
)

"""Predict: the learner writes the values a query will return before running it."""

from coursebook.kinds.by_column import judge_by_column
from coursebook.kinds.kind import Kind

KIND = Kind("P", "predict", judge_by_column, optional=("near-misses/*.sql", "query.sql"))

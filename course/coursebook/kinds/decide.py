"""Decide: the learner writes the letters of the options chosen."""

from coursebook.kinds.by_column import judge_by_column
from coursebook.kinds.kind import Kind

KIND = Kind("Q", "decide", judge_by_column, optional=("near-misses/*.sql",))

"""Fill in: the learner replaces the blanks of a query."""

from coursebook.kinds.by_result import judge_by_result
from coursebook.kinds.kind import Kind

KIND = Kind("B", "fill_in", judge_by_result)

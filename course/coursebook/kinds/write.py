"""Write: the learner writes the query."""

from coursebook.kinds.by_result import judge_by_result
from coursebook.kinds.kind import Kind

KIND = Kind("W", "write", judge_by_result)

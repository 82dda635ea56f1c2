"""Write: the learner writes the query."""

from coursebook.kind import Kind
from coursebook.kinds.by_result import judge_by_result

KIND = Kind("W", "write", judge_by_result, least_near_misses=3, counts_as_written=True)

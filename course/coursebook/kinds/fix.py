"""Fix: the learner repairs a query that is given."""

from coursebook.kinds.by_result import judge_by_result
from coursebook.kinds.kind import Kind

KIND = Kind("F", "fix", judge_by_result)

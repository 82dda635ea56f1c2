"""Fill in: the learner replaces the blanks of a query."""

from coursebook.kind import Kind, SimplerForm
from coursebook.kinds.blanks import blanks_are_there
from coursebook.kinds.by_result import judge_by_result

KIND = Kind("B", "fill_in", judge_by_result, starter_faults=blanks_are_there, simpler=SimplerForm.CHOICES)

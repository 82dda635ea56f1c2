"""Mistakes that the results show, and no difference between two queries: their records."""

from sqlgrade.diagnose.mistakes.record import Family, Mistake

GROUPS_FOR_ONE = Mistake("groups_for_one", "E26", Family.GROUPS)
GROUPS_SIDE_BY_SIDE = Mistake("groups_side_by_side", "E26", Family.GROUPS, of_result=True)
JOIN_MULTIPLIED = Mistake("join_multiplied", "E31", Family.TABLES)
JOIN_WEIGHS = Mistake("join_weighs", "E31", Family.TABLES)
NAME_OTHER = Mistake("name_other", "E53", Family.OUTPUTS)
VALUE_WRITTEN = Mistake("value_written", "E22", Family.CONDITIONS)

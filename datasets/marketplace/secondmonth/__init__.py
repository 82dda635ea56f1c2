"""The second month: a learner's measure has run in January 2026, for whom and on what the learner's own plan says.

The file holds all history and goes on to mid February, as the nights do but without their mishaps. How large the effect is, the
manifest knows alone.
"""

from marketplace.secondmonth.files import LEAST_POWER, Drawn, make_second_month, what_is_drawn
from marketplace.secondmonth.metrics import METRICS
from marketplace.secondmonth.plan import EFFECTS, GROUPS, Plan, Target

__all__ = [
    "EFFECTS",
    "GROUPS",
    "LEAST_POWER",
    "METRICS",
    "Drawn",
    "Plan",
    "Target",
    "make_second_month",
    "what_is_drawn",
]

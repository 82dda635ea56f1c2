"""Steps through a query: what is there after FROM, each JOIN, WHERE, GROUP BY, HAVING, SELECT, and in each CTE."""

from classroom.steps.plan import Step, StepKind, plan_steps
from classroom.steps.walk import StepResult, walk_steps

__all__ = ["Step", "StepKind", "StepResult", "plan_steps", "walk_steps"]

"""Steps through a query: what is there after FROM, each JOIN, WHERE, GROUP BY, HAVING, SELECT, and in each CTE."""

from classroom.learner.panel.steps.plan import Step, StepKind, plan_steps
from classroom.learner.panel.steps.walk import StepResult, walk_steps

__all__ = ["Step", "StepKind", "StepResult", "plan_steps", "walk_steps"]

"""A late penalty by the day, for nbgrader's AssignLatePenalties."""

from __future__ import annotations

import math

from nbgrader.plugins.base import BasePlugin
from traitlets import Float


class PenaltyByDay(BasePlugin):
    """Takes off a share of the score for each day begun after the due date."""

    share_a_day = Float(0.1, help="Share of the score that each late day costs.").tag(config=True)
    most = Float(1.0, help="The largest share that is taken off.").tag(config=True)
    free_hours = Float(0.0, help="So many hours after the due date cost nothing.").tag(config=True)

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        """Points to take off."""
        del student_id
        late = total_seconds_late - self.free_hours * 3600
        return score * min(self.most, self.share_a_day * math.ceil(late / 86400)) if late > 0 else None

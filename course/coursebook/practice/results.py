"""What a review comes to: a pure function of the answers."""

from collections.abc import Sequence

from coursebook.practice.gates import ReviewRecord

REST_DAYS = 3
"""Between two goes at a review: what was missed can be practised, and guessing once a day leads nowhere."""


def is_passed(review: ReviewRecord, right: Sequence[bool]) -> bool:
    """Whether enough of a review's items were right."""
    return sum(right) >= review.pass_mark

"""What a review comes to: a pure function of the answers."""

from collections.abc import Sequence

from coursebook.practice.gates import ReviewRecord


def is_passed(review: ReviewRecord, right: Sequence[bool]) -> bool:
    """Whether enough of a review's items were right."""
    return sum(right) >= review.pass_mark

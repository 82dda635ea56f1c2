"""Answers that are not written yet: they are told so and not marked."""

from coursebook.answer_cell import count_blanks, is_empty
from coursebook.judgement import Judgement
from coursebook.submission import Submission


def refuse_unwritten(submission: Submission) -> Judgement | None:
    """A refusal if nothing is written or blanks are left, else None."""
    if is_empty(submission.sql):
        return submission.refused("nothing_written")
    if blanks := count_blanks(submission.answer):
        return submission.refused("blanks_left", count=blanks)
    return None

"""Answers that are not written yet: they are told so and not marked."""

from coursebook.answer import Answer
from coursebook.answer_cell import count_blanks, is_empty
from coursebook.judgement import Judgement


def refuse_unwritten(answer: Answer) -> Judgement | None:
    """A refusal if nothing is written or blanks are left, else None."""
    if is_empty(answer.sql):
        return answer.refused("nothing_written")
    if blanks := count_blanks(answer.text):
        return answer.refused("blanks_left", count=blanks)
    return None

"""Free form: the learner writes prose, a mentor marks it by the rubric."""

from coursebook.answer import Answer
from coursebook.judgement import Judgement, Message, Outcome
from coursebook.kind import AnswerForm, Kind


def leave_to_mentor(answer: Answer) -> Judgement:
    """No points of its own: the rubric and the model answers help the learner until a mentor has read it."""
    return answer.judgement(Outcome.FOR_MENTOR, Message("for_mentor"))


MODELS = ("model-good.ja.md", "model-good.en.md", "model-over.ja.md", "model-over.en.md")
"""A good answer, and one that claims more than the figures say, in both languages."""

KIND = Kind(
    "M",
    "free_form",
    leave_to_mentor,
    answer=AnswerForm.WORDS,
    required=("rubric.toml", *MODELS),
    optional=(),
    least_near_misses=0,
    simpler=None,
)

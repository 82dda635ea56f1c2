"""What holds for every kind of exercise."""

import pickle

import pytest

from coursebook.kind import AnswerForm, Kind
from coursebook.kinds import KINDS, kinds_by_letter
from coursebook.messages import LANGUAGES, sentences


def test_letters_and_names_are_each_kinds_own() -> None:
    assert len(kinds_by_letter()) == len(KINDS) == len({each.name for each in KINDS})


@pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.name)
def test_a_kind_has_a_name_for_learners_in_both_languages(kind: Kind) -> None:
    assert all(sentences(lang).get(f"kind.{kind.letter}") for lang in LANGUAGES)


@pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.name)
def test_a_kind_survives_the_way_to_another_process(kind: Kind) -> None:
    assert pickle.loads(pickle.dumps(kind)) == kind  # noqa: S301  (its own bytes)


@pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.name)
def test_only_a_kind_that_is_answered_with_a_query_has_a_simpler_form(kind: Kind) -> None:
    assert kind.simpler is None or kind.answer is AnswerForm.QUERY

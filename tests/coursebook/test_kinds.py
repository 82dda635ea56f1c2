"""What holds for every kind of exercise."""

import pickle
from pathlib import Path
from typing import Any

import pytest

import coursebook
from coursebook import judge_answer, load_course
from coursebook.kind import AnswerForm, Kind
from coursebook.kinds import KINDS, kinds_by_letter
from coursebook.messages import LANGUAGES, sentences
from sqlgrade.verdict import Status, Verdict

DOCS = Path(coursebook.__file__).parents[2] / "docs"


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


@pytest.mark.parametrize("page", ["authors.md", "authors.ja.md"])
def test_authors_are_told_of_every_kind(page: str) -> None:
    rows = (DOCS / page).read_text(encoding="utf-8").splitlines()
    told = [row[2] for row in rows if row.startswith("| ") and row[3:4] == " " and row[2].isupper()]
    assert sorted(told) == sorted(each.letter for each in KINDS)


class Accepts:
    """A judge to whom every query is right."""

    def grade(self, *_: Any, **__: Any) -> Verdict:
        return Verdict(Status.ACCEPTED)


@pytest.mark.parametrize(("y", "code"), [("mean", "chart_axis_lacks"), ("business_date", "chart_axis")])
def test_an_axis_with_a_column_too_few_is_not_asked_for_another_one(y: str, code: str) -> None:
    text = f"SELECT 1 AS business_date, 2 AS nuu, 3.0 AS mean\n%chart line x=business_date y={y}"
    judgement = judge_answer(load_course().exercise("L10-01"), text, Accepts(), "en", pack=object())
    assert [each.code for each in judgement.messages] == ["query_right", code]

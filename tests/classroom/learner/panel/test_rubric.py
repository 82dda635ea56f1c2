"""An answer in words is looked over by its writer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_free_form_exercise_shows_its_checklist_and_two_answers(run: Callable[..., Any]) -> None:
    plain = run("-- 書き終えたら\n%solution L3-11").plain
    assert plain.count("□") >= 4
    assert "[よい答えの例]" in plain


def test_another_exercise_asks_for_its_answer_first(run: Callable[..., Any]) -> None:
    assert "先に解答セルを実行" in run("%solution L1-07").plain

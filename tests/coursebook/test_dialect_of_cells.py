"""An answer cell is read once; what it is written in goes with it to the judge."""

from dataclasses import replace
from typing import Any

from coursebook import Course, judge_cell
from coursebook.answer_cell import AnswerCell, answer_alone, recognise
from sqlgrade.verdict import Status, Verdict


def test_an_answer_is_judged_in_the_dialect_of_its_cell_and_none_is_written_into_it(sample: Course) -> None:
    heard: list[tuple[str, str]] = []

    class Listening:
        def grade(self, pack: Any, sql: str, *, dialect: str = "duckdb") -> Verdict:  # noqa: ARG002  (the judge's signature)
            heard.append((sql, dialect))
            return Verdict(Status.ACCEPTED)

    chosen = replace(recognise("-- Answer L1-02\nSELECT 1") or AnswerCell("", ""), dialect="bigquery")
    named = recognise("-- Answer L1-02\n-- dialect: bigquery\nSELECT 1")
    assert named is not None
    for cell in (chosen, named, answer_alone("L1-02", "SELECT 1")):
        judgement = judge_cell(sample.exercise("L1-02"), cell, Listening(), "en", pack=object())  # type: ignore[arg-type]
        assert judgement.offset == cell.offset
    assert heard == [("SELECT 1", "bigquery"), ("-- dialect: bigquery\nSELECT 1", "bigquery"), ("SELECT 1", "duckdb")]

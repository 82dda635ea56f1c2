"""What was expected is put beside what came out."""

from decimal import Decimal

import pytest

from classroom.session.result import ResultTable
from classroom.session.verdict.expectation import expectation_sentence, expected_number


def result(*rows: tuple[object, ...]) -> ResultTable:
    return ResultTable(("n",), ("BIGINT",), rows, len(rows), counted_all=True, seconds=0.0)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("-- 予想 120", 120),
        ("-- 予想:約1,200行", 1200),
        ("--予想：１２０", 120),
        ("-- expected: about 0.5", Decimal("0.5")),
        ("SELECT 1 -- 予想 5", None),
        ("-- 予想はしない", None),
    ],
)
def test_a_comment_line_holds_the_expected_number(line: str, number: object) -> None:
    assert expected_number(f"-- 解答 L6-03\n{line}\nSELECT 1") == number


def test_a_single_number_is_compared_with_the_result_s_value() -> None:
    assert "134" in expectation_sentence("-- expected 120", result((134,)), "en")


def test_a_table_is_compared_by_its_rows_and_a_far_result_asks_for_a_second_look() -> None:
    said = expectation_sentence("-- 予想 1", result((1,), (2,), (3,)), "ja")
    assert "3 行" in said
    assert "1段ずつ" in said


def test_nothing_is_said_where_nothing_was_expected() -> None:
    assert expectation_sentence("SELECT 1", result((1,)), "ja") == ""

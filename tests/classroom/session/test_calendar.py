"""An alert's verdict is shown as a calendar, with the night to look at."""

from __future__ import annotations

import pytest

from classroom.session.verdict.calendar import calendar_of, nights_in_short
from sqlgrade.verdict import Flaw, NightMark, Status, Verdict

ROW = (("business_date", "talks", "is_alert"), ("2025-06-03", 12, 0))
NIGHTS = (
    NightMark(1, "2025-06-02", "ordinary", rings=False, rang=False),
    NightMark(1, "2025-06-03", "collapse", True, False, Flaw.NONE, *ROW),
    NightMark(1, "2025-06-08", "quiet_weekday", rings=False, rang=True),
    NightMark(1, "2025-06-09", "ordinary", rings=False, rang=False, flaw=Flaw.NO_ROW),
    NightMark(2, "2025-06-02", "no_rows", rings=True, rang=True),
)
WRONG = Verdict(Status.REFUTED, nights=NIGHTS)


def test_each_run_has_a_calendar_of_weeks_with_its_wrong_nights_marked() -> None:
    shown = calendar_of(WRONG, "ja")
    assert shown is not None
    first, second = shown.sides
    assert first.columns == ("週", "月", "火", "水", "木", "金", "土", "日")
    assert first.rows[0] == ("6/2", "・", "○", "", "", "", "", "×")
    assert first.rows[1][1] == "△"
    assert first.marked == ((2, 7), (1,))
    assert second.rows == (("6/2", "●", "", "", "", "", "", ""),)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ja", ["2025-06-03（火）", "急に減った夜", "鳴るはずが、静かでした", "talks = 12"]),
        ("en", ["2025-06-03 (Tue)", "A collapse", "should have rung", "talks = 12"]),
    ],
)
def test_the_first_wrong_night_is_the_one_to_look_at(lang: str, words: list[str]) -> None:
    shown = calendar_of(WRONG, lang)
    assert shown is not None
    assert [word for word in words if word not in shown.sentence] == []


def test_nights_are_counted_in_one_sentence() -> None:
    assert nights_in_short(WRONG, "en") == (
        "Of the 2 nights on which it should ring it missed 1; of the 3 others it rang on 1. "
        "Nights on which the row itself isn't what was asked for: 1."
    )
    right = Verdict(Status.ACCEPTED, nights=(NIGHTS[0], NIGHTS[4]))
    assert nights_in_short(right, "ja") == "2の夜で試し、鳴るべき1夜だけで鳴りました。"


def test_no_other_answer_has_a_calendar() -> None:
    assert calendar_of(Verdict(Status.REFUTED), "en") is None

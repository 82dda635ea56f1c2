"""What hints do for a class, and how long an exercise takes it."""

from __future__ import annotations

import datetime as dt

from classroom.mentor.classpage.hints import HintUse, has_useless_hint, hint_uses, minutes_until_right
from classroom.mentor.classpage.items import ItemInWords, ItemStatistics, item_in_words
from classroom.mentor.classpage.next_drills import NextDrill
from classroom.mentor.classpage.progress_files import Attempt
from coursebook import load_course

BEGAN = dt.datetime(2027, 1, 10, 9, tzinfo=dt.UTC)


def tries(*made: tuple[float, str, int]) -> list[Attempt]:
    """(minutes after the first, outcome, highest hint open)."""
    return [Attempt("L1-07", BEGAN + dt.timedelta(minutes=at), "SELECT 1", status, rung) for at, status, rung in made]


def test_a_hint_helps_whoever_is_right_while_it_is_the_highest_that_is_open() -> None:
    by_idea = tries((0, "refuted", 0), (2, "refuted", 1), (3, "accepted", 1))
    by_place = tries((0, "refuted", 1), (4, "accepted", 2))
    alone = tries((0, "refuted", 0), (1, "accepted", 0), (9, "refuted", 1))  # what comes after does not count
    lost = tries((0, "refuted", 1), (1, "refuted", 2))
    assert hint_uses([by_idea, by_place, alone, lost]) == (HintUse(1, 3, 1), HintUse(2, 2, 1))


def test_a_hint_that_leads_hardly_anybody_on_is_flagged_once_enough_have_tried() -> None:
    assert has_useless_hint([HintUse(1, 10, 1)])
    assert not has_useless_hint([HintUse(1, 10, 2)])
    assert not has_useless_hint([HintUse(1, 7, 0)])
    assert not has_useless_hint([HintUse(4, 20, 0)])  # a solution is copied elsewhere


def test_time_counts_no_long_pause() -> None:
    quick, slept = tries((4, "accepted", 0), (0, "refuted", 0)), tries((0, "refuted", 0), (900, "accepted", 0))
    assert minutes_until_right([quick, slept, tries((0, "accepted", 0))]) == 7.0
    assert minutes_until_right([tries((0, "refuted", 0))]) is None


def test_a_mentor_reads_what_is_counted_what_follows_and_why_to_look_at_the_question() -> None:
    following = (NextDrill("S02", "02a", 5, 3), NextDrill("S02", "02c", 1, 0))
    item = ItemStatistics("L1-07", 10, 1, 0.2, 3.4, 0.5, None, (), "useless_hint", 2.5, next_drills=following)
    said = item_in_words(item, load_course(), "ja")
    assert said.counted == "解答: 10 · 正解率: 10% · ヒント3段め以上: 50% · 平均の回数: 3.4 · 正解までの分（中央値）: 3"
    assert said.next_drills.startswith("次の練習: P02a「")
    assert "5人（すぐに正解 3人） · P02c「" in said.next_drills
    assert "ヒントを見直す" in said.flag
    untold = item_in_words(ItemStatistics("L3-11", 2, 0, None, None, None, None, ()), load_course(), "en")
    assert untold == ItemInWords("Answers: 2", "", "")

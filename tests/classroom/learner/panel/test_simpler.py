"""The simpler form of an exercise is made from a right answer and the learner's own."""

from classroom.learner.panel.simpler import make_fill_in, make_pieces

RIGHT = """SELECT guest_id, registered_at_utc
FROM guests
WHERE prefecture = '東京都' AND NOT is_test
ORDER BY registered_at_utc DESC, guest_id
LIMIT 10"""
WITHOUT_TEST = RIGHT.replace(" AND NOT is_test", "")


def test_the_words_that_the_answer_lacks_are_blanked_out() -> None:
    form = make_fill_in(RIGHT, WITHOUT_TEST, "WHERE")
    assert form is not None
    assert form.blanks == ("AND", "NOT", "is_test")
    assert "WHERE prefecture = '東京都' ___[1] ___[2] ___[3]" in form.text()


def test_only_the_clause_at_fault_is_blanked_out() -> None:
    form = make_fill_in(RIGHT, WITHOUT_TEST.replace(" DESC", ""), "ORDER BY")
    assert form is not None
    assert form.blanks == ("DESC",)


def test_words_are_compared_without_regard_to_capitals_but_texts_as_they_are() -> None:
    form = make_fill_in("SELECT a FROM t WHERE b = 'X'", "SELECT a FROM t WHERE c = 'Y'", "WHERE")
    assert form is not None
    assert form.wrong(["B", "'x'"]) == (2,)


def test_filling_in_the_right_words_gives_the_solution() -> None:
    form = make_fill_in(RIGHT, WITHOUT_TEST, "WHERE")
    assert form is not None
    assert form.filled(form.blanks) == RIGHT


def test_an_answer_that_is_far_off_gets_no_blanks() -> None:
    assert make_fill_in(RIGHT, "SELECT 1", None) is None


def test_lines_are_shuffled_the_same_way_each_time_and_hold_a_line_of_the_learner() -> None:
    stray = "WHERE prefecture <> '東京都' AND NOT is_test"
    form = make_pieces(RIGHT, RIGHT.replace("= '東京都'", "<> '東京都'"), "L1-07")
    assert form is not None
    assert form == make_pieces(RIGHT, RIGHT.replace("= '東京都'", "<> '東京都'"), "L1-07")
    assert set(form.shuffled) == {*RIGHT.splitlines(), stray}
    assert form.shuffled[:5] != form.lines


def test_the_first_line_out_of_place_is_named() -> None:
    form = make_pieces(RIGHT, "", "L1-07")
    assert form is not None
    assert form.first_wrong(form.lines) is None
    assert form.first_wrong([*form.lines[:2], form.lines[3], form.lines[2], form.lines[4]]) == 3


def test_a_query_in_one_line_is_cut_at_its_clauses() -> None:
    form = make_pieces("SELECT a, count(*) FROM t WHERE b IN (SELECT c FROM u) GROUP BY a", "", "x")
    assert form is not None
    assert form.lines == ("SELECT a, count(*)", "FROM t", "WHERE b IN (SELECT c FROM u)", "GROUP BY a")

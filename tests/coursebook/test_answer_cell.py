import pytest

from coursebook.answer_cell import ChartLine, count_blanks, cut_chart, first_line, is_empty, recognise


@pytest.mark.parametrize(
    "line",
    ["-- 解答 L1-07", "-- Answer L1-07", "--answer: l1-7", "  -- 答え：L1-07", "-- ANSWER L1-07 (my second try)"],
)
def test_a_first_line_is_recognised_in_either_language(line: str) -> None:
    cell = recognise(f"{line}\nSELECT 1")
    assert cell is not None
    assert (cell.exercise_id, cell.answer) == ("L1-07", "SELECT 1")


@pytest.mark.parametrize("source", ["SELECT 1", "-- a note\nSELECT 1", "SELECT 1 -- Answer L1-07", "-- Answer L1", ""])
def test_a_cell_without_the_first_line_is_no_answer(source: str) -> None:
    assert recognise(source) is None


def test_a_second_answer_of_an_exercise_has_a_letter() -> None:
    cell = recognise("-- Answer L7-02b\nSELECT 1")
    assert cell is not None
    assert cell.exercise_id == "L7-02b"


def test_the_compiled_first_line_is_recognised() -> None:
    for lang in ("ja", "en"):
        assert recognise(first_line("L10-03", lang)) is not None


def test_the_offset_points_at_the_answer_in_the_cell() -> None:
    source = "-- Answer L1-07\n\n-- BEGIN SOLUTION\nSELECT 1\n-- END SOLUTION\n"
    cell = recognise(source)
    assert cell is not None
    assert source[cell.offset :].startswith(cell.answer)
    assert cell.answer == "SELECT 1"


def test_the_chart_line_is_cut_off_and_read() -> None:
    sql, chart = cut_chart("SELECT 1 AS a\n%chart BAR x = a y= b, c")
    assert sql == "SELECT 1 AS a"
    assert chart is not None
    assert (chart.kind, dict(chart.options)) == ("bar", {"x": "a", "y": "b,c"})


def test_blanks_are_counted_inside_quotes_but_not_in_comments() -> None:
    assert count_blanks("SELECT '___' AS a, ___ AS b -- fill ___") == 2


def test_an_answer_of_comments_only_is_empty() -> None:
    assert is_empty("-- guest_id, registered_at\n/* later */ ;\n")
    assert not is_empty("SELECT 1")


def test_lines_for_the_kernel_are_no_part_of_the_query() -> None:
    assert cut_chart("SELECT 1\n%steps\n  ％ステップ") == ("SELECT 1", None)
    assert cut_chart("SELECT 1\n％グラフ bar x=a y=b;")[1] == ChartLine("bar", {"x": "a", "y": "b"})


@pytest.mark.parametrize("sql", ["SELECT 7\n  % 2 AS odd", "SELECT a\n%b AS rest\nFROM t", "SELECT a\n  % b\nFROM t"])
def test_a_modulo_at_the_beginning_of_a_line_stays_in_the_query(sql: str) -> None:
    assert cut_chart(sql) == (sql, None)


def test_lines_of_spaces_and_many_empty_lines_are_read_in_one_go() -> None:
    cell = recognise("-- Answer L1-07\n" + "\n" * 200_000 + "%steps a" + " " * 200_000 + "b")
    assert cell is not None
    assert cut_chart(cell.answer)[0] == ""

"""Two results side by side: signs before rows, marks on cells, and only the columns that matter."""

from classroom.session.table_view import table_text
from classroom.session.verdict.columns_that_matter import matter, mentioned
from classroom.session.verdict.comparing import mark_rows
from sqlgrade.verdict import SmallTable


def table(*rows: tuple[object, ...], columns: tuple[str, ...] = ("k", "n")) -> SmallTable:
    return SmallTable(columns, ("INTEGER",) * len(columns), rows)


def test_a_row_that_the_other_side_lacks_gets_the_sign() -> None:
    assert [mark.sign for mark in mark_rows(table((1, 2), (3, 4)), table((1, 2)), "+")] == ["", "+"]


def test_a_row_with_another_value_is_marked_in_that_cell() -> None:
    [mark] = mark_rows(table((1, 2)), table((1, 9)), "+")
    assert mark.sign == "≠"
    assert mark.cells == {1}


def test_rows_in_another_place_are_marked_as_moved() -> None:
    assert [mark.sign for mark in mark_rows(table((1, 2), (3, 4)), table((3, 4), (1, 2)), "+")] == ["↕", "↕"]


def test_columns_are_paired_by_name_in_any_order() -> None:
    [mark] = mark_rows(table((1, 2)), table((2, 1), columns=("n", "k")), "+")
    assert mark.sign == ""


def test_a_column_too_many_is_marked_and_the_rows_are_compared_without_it() -> None:
    [mark] = mark_rows(table((1, 2, 3), columns=("k", "n", "more")), table((1, 2)), "+")
    assert mark.sign == ""
    assert mark.cells == {2}


def test_a_repeated_row_is_marked_once_too_often() -> None:
    assert [mark.sign for mark in mark_rows(table((1, 2), (1, 2)), table((1, 2)), "+")] == ["", "+"]


def test_marks_can_be_read_in_plain_text() -> None:
    own = table((1, 2))
    text = table_text(own.columns, own.types, own.rows, mark_rows(own, table((1, 9)), "+"))
    assert text.splitlines()[-1].split() == ["≠", "1", "[2]"]


def test_only_columns_that_a_query_names_are_shown_with_the_key() -> None:
    guests = table((1, "a", "b", "c"), columns=("guest_id", "nickname", "email", "prefecture"))
    names = mentioned(["SELECT * FROM guests WHERE prefecture = 'x'", "SELECT nickname FROM guests"])
    assert matter(guests, names, ("guest_id",)) == [0, 1, 3]

"""What a handed-in Expo holds may be anything: it is read, never believed."""

import pytest

from classroom.exchange.expo.record import months_of


@pytest.mark.parametrize(("text", "months"), [("", 1), (" 3 ", 3), ("１２", 12), ("x", 0), ("1" * 5000, 0), ("²", 0)])
def test_months_are_read_from_any_text(text: str, months: int) -> None:
    assert months_of(text) == months

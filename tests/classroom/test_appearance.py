"""The style sheet: what is written on a colour can be read, in a light and in a dark page."""

from __future__ import annotations

import re

from classroom.appearance import style_sheet

READABLE = 4.5  # WCAG 2.1, success criterion 1.4.3
VISIBLE = 3.0  # WCAG 2.1, success criterion 1.4.11
WHITE, DARK_PAGE = "ffffff", "212121"


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_white_sign_of_a_card_is_readable_on_its_colour_and_the_colour_visible_on_either_page() -> None:
    tones = re.findall(r"--pg-tone: #([0-9a-f]{6})", style_sheet())
    assert len(tones) == 4
    assert [tone for tone in tones if contrast(tone, WHITE) < READABLE or contrast(tone, DARK_PAGE) < VISIBLE] == []

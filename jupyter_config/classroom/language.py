"""Which of the two languages the reader gets."""

from __future__ import annotations

import locale
import os
from typing import Literal

Lang = Literal["ja", "en"]
LANGS: tuple[Lang, ...] = ("ja", "en")
VARIABLE = "PENGUIN_LANG"


def chosen_language() -> Lang | None:
    """The language that the environment names, or None."""
    named = os.environ.get(VARIABLE, "").strip().lower()[:2]
    return next((each for each in LANGS if each == named), None)


def system_language() -> Lang:
    """Japanese on a Japanese system, else English."""
    named = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), "")
    if not named:
        named = locale.getlocale()[0] or ""
    return "ja" if named.lower().startswith("ja") else "en"


def current_language() -> Lang:
    """The environment's choice, else the system's language."""
    return chosen_language() or system_language()

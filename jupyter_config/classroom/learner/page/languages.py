"""Changes a room's language while its server runs: data, lessons and settings in the other one."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from classroom.language import VARIABLE
from classroom.learner.page.ready import make_ready
from classroom.learner.start.practice_data import practice_data
from classroom.session.lab import LabPlan, prepare_settings

if TYPE_CHECKING:
    from classroom.folder import Folder
    from classroom.language import Lang

_DEFAULT_SCALE = "std"


def change_language(folder: Folder, before: Lang, lang: Lang) -> None:
    """Make everything ready in another language, at the size that the practice data has, and remember the choice.

    Raises:
        marketplace.MarketplaceError: the practice data can't be written.
    """
    practice_data(folder, lang, _scale_of(folder, before))
    make_ready(folder, lang, lambda *_, **__: None)
    prepare_settings(LabPlan(folder, lang, 0, browser=False))
    os.environ[VARIABLE] = lang  # kernels that start from now on speak it
    folder.language.write_text(lang, encoding="ascii")


def _scale_of(folder: Folder, lang: Lang) -> str:
    """The size of the data that is there, as a factor."""
    try:
        manifest = json.loads(folder.practice(lang).with_suffix(".manifest.json").read_text(encoding="utf-8"))
        return str(manifest["factor"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return _DEFAULT_SCALE

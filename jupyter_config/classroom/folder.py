"""The learner's folder: where the notebooks, the practice data and the settings of one learner lie."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from classroom.chosen_course import chosen_data_name
from classroom.language import LANGS, Lang, chosen_language, system_language

HIDDEN = ".penguin"
DATA_VARIABLE = "PENGUIN_DATA"
"""The practice file that all here share, or the folder that holds one in each language; such files are read, never made."""
CARRIED = ".progress.sqlite"
"""A copy of the progress beside a notebook that lies in no learner's folder: it goes along when the notebook is handed in."""


@dataclass(frozen=True)
class Folder:
    """One learner's folder and the fixed places in it."""

    root: Path

    @property
    def hidden(self) -> Path:
        """Everything that is not the learner's own work."""
        return self.root / HIDDEN

    def practice(self, lang: str) -> Path:
        """The practice data in one language."""
        return self.hidden / practice_name(lang)

    @property
    def jupyter(self) -> Path:
        """JupyterLab's settings, workspaces and run-time files for this folder."""
        return self.hidden / "jupyter"

    @property
    def progress(self) -> Path:
        """What the learner has done so far."""
        return self.hidden / "progress.sqlite"

    @property
    def runs(self) -> Path:
        """What the learner has run in each lesson."""
        return self.hidden / "runs.sqlite"

    @property
    def language(self) -> Path:
        """The language that the learner chose in the room."""
        return self.hidden / "language"

    @property
    def dialect(self) -> Path:
        """The dialect that the learner writes answers in, if it is not DuckDB's."""
        return self.hidden / "dialect"

    @property
    def laid_out(self) -> Path:
        """The record of which file was laid out with which content."""
        return self.hidden / "laid-out.json"


def written_in(place: Path) -> str:
    """What a small file of settings says; nothing where there is none, or what is in it is no text."""
    try:
        return place.read_text(encoding="utf-8-sig").strip()
    except (OSError, ValueError):
        return ""


def default_root() -> Path:
    """~/second-penguin."""
    return Path.home() / "second-penguin"


def find_folder(start: Path | None = None) -> Folder | None:
    """The folder that holds `start` (the working directory), or None outside of any."""
    here = (start or Path.cwd()).resolve()
    return next((Folder(each) for each in (here, *here.parents) if (each / HIDDEN).is_dir()), None)


def language_of(folder: Folder) -> Lang:
    """The language that was chosen in the room, else the environment's, else that in which the folder was made, else the system's."""
    chosen = written_in(folder.language)
    made = [each for each in LANGS if folder.practice(each).is_file()]
    named = next((each for each in LANGS if each == chosen), None) or chosen_language()
    return named or (made[0] if len(made) == 1 else system_language())


def practice_name(lang: str) -> str:
    """The name of the practice file in a language."""
    return f"{chosen_data_name()}-{lang}.duckdb"


def shared_practice(lang: str) -> Path | None:
    """The practice file that the environment names for a language, whether it is there or not; None if it names none."""
    if not (named := os.environ.get(DATA_VARIABLE)):
        return None
    place = Path(named)
    return place / practice_name(lang) if place.is_dir() else place


def find_practice(lang: str, start: Path | None = None) -> Path | None:
    """The practice database: the one the environment names, else the surrounding or the default folder's."""
    if shared := shared_practice(lang):
        return shared
    candidates = [find_folder(start), Folder(default_root())]
    other = "en" if lang == "ja" else "ja"
    places = (folder.practice(each) for folder in candidates if folder for each in (lang, other))
    return next((place for place in places if place.is_file()), None)

"""The mentor's folder: nbgrader's course folder with the desk beside it."""

from __future__ import annotations

import getpass
import logging
import os
import secrets
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom.chosen_course import chosen_course
from classroom.language import LANGS, Lang, current_language
from classroom.mentor.place.stores import GRADEBOOK, JUDGEMENTS
from classroom.messages import say
from sqlgrade.whole_file import write_once

if TYPE_CHECKING:
    from coursebook import Course

_log = logging.getLogger(__name__)
DESK = "desk"
CONFIGURATION = "nbgrader_config.py"
_NOBODYS = frozenset({"root", "admin", "administrator", "system", "jovyan", "nobody", "user", "ubuntu", "vagrant"})
"""Accounts that say nothing of who is at the desk."""


def _account() -> str:
    """The name under which somebody signed in; empty for accounts that are no person's, such as root."""
    name = os.environ.get("JUPYTERHUB_USER") or ""
    if not name:
        try:
            name = getpass.getuser()
        except (KeyError, OSError, ImportError):  # a container's account without an entry
            return ""
    return "" if name.casefold() in _NOBODYS else name


@dataclass(frozen=True)
class MentorFolder:
    """A course folder of nbgrader and the fixed places in it."""

    root: Path

    @property
    def desk(self) -> Path:
        """What belongs to the mentor alone; nbgrader's exchange never copies it."""
        return self.root / DESK

    @property
    def settings_path(self) -> Path:
        """The desk's settings."""
        return self.desk / "settings.toml"

    @property
    def seed_path(self) -> Path:
        """The file with the mentor's seed."""
        return self.desk / "seed.txt"

    @property
    def store_path(self) -> Path:
        """Every judged answer."""
        return self.desk / JUDGEMENTS

    @cached_property
    def settings(self) -> dict[str, Any]:
        """What settings.toml says; empty without one."""
        if not self.settings_path.is_file():
            return {}
        return tomllib.loads(self.settings_path.read_text(encoding="utf-8"))

    def with_settings_of_now(self) -> MentorFolder:
        """The folder as its settings read now; as it was where they can't be read, such as while they are being written."""
        made = MentorFolder(self.root)
        try:
            _ = made.settings
        except (OSError, ValueError):
            _log.warning("the settings can't be read, those of before are used", exc_info=True)
            return self
        return made

    @property
    def lang(self) -> Lang:
        """The language of the lessons and of the feedback."""
        named = self.settings.get("lang")
        return next((each for each in LANGS if each == named), current_language())

    @property
    def mentor(self) -> str:
        """Who is at the desk: `mentor` in the settings, else the account's name; empty where that is nobody's."""
        return str(self.settings.get("mentor") or "").strip() or _account()

    @property
    def mentor_for_learners(self) -> str:
        """The mentor as learners read it: by name, or as their mentor."""
        return self.mentor or say("desk.a_mentor", self.lang)

    @property
    def course_id(self) -> str:
        """The course's name in nbgrader's exchange."""
        return str(self.settings.get("course", self.root.name))

    @property
    def share(self) -> Path | None:
        """The folder that learners reach as well; None unless the settings name one."""
        named = self.settings.get("share")
        return Path(str(named)).expanduser() if named else None

    @property
    def is_on_hub(self) -> bool:
        """Whether hand-ins travel through the service of the hub that this desk is on."""
        return bool(self.settings.get("hub"))

    @property
    def has_stock_exchange(self) -> bool:
        """Whether hand-ins travel through nbgrader's own exchange, among the users of one machine."""
        return bool(self.settings.get("exchange"))

    @property
    def inbox(self) -> Path:
        """Where hand-in files are dropped, however they are named."""
        return self.root / "inbox"

    @property
    def outbox(self) -> Path:
        """Where a file for each learner lies that is to be sent by hand."""
        return self.root / "outbox"

    @property
    def practice(self) -> Path | None:
        """The practice file that answers are also held against; None unless the settings name one."""
        named = self.settings.get("practice")
        return (self.root / str(named)).resolve() if named else None

    @cached_property
    def seed(self) -> int:
        """The seed of the databases that answers are graded on; made when it is first needed."""
        if not self.seed_path.is_file():
            self.desk.mkdir(parents=True, exist_ok=True)
            write_once(self.seed_path, f"{secrets.randbelow(2**31 - 2) + 1}\n".encode())
            self.seed_path.chmod(0o600)
        return int(self.seed_path.read_text(encoding="ascii"))

    @cached_property
    def course(self) -> Course:
        """The lessons, with the exercise numbers that they had when the folder was made.

        What was released, handed in and marked bears those numbers, so a class keeps them to its end.
        """
        from coursebook import load_course

        named = self.settings.get("lessons")
        course = load_course(self.root / str(named)) if named else chosen_course()
        return course.in_numbering(course.numbering.known(self.settings.get("numbering")))

    @cached_property
    def config(self) -> Any:
        """What nbgrader_config.py sets, as a traitlets configuration."""
        from traitlets.config import Config
        from traitlets.config.loader import PyFileConfigLoader

        if not (self.root / CONFIGURATION).is_file():
            return Config()
        return PyFileConfigLoader(CONFIGURATION, path=str(self.root)).load_config()

    @property
    def gradebook_url(self) -> str:
        """SQLAlchemy's address of the gradebook."""
        named = self.config.CourseDirectory.get("db_url")
        return str(named) if isinstance(named, str) and named else f"sqlite:///{self.root / GRADEBOOK}"

    @property
    def own_gradebook(self) -> Path | None:
        """The gradebook's file in the folder; None where nbgrader's settings name another place."""
        path = self.root / GRADEBOOK
        return path if self.gradebook_url == f"sqlite:///{path}" else None

    def step(self, name: str, student: str, assignment: str) -> Path:
        """Nbgrader's folder of one step, such as submitted/hanako/L1."""
        return self.root / name / student / assignment


def find_mentor_folder(start: Path | None = None) -> MentorFolder | None:
    """The mentor's folder that holds `start` (the working directory), or None."""
    here = (start or Path.cwd()).resolve()
    return next((MentorFolder(each) for each in (here, *here.parents) if (each / DESK).is_dir()), None)

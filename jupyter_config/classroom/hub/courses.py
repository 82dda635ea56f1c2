"""The courses of a hub: the one that its variables name, and those beside it, each with its data, service, class and mentors.

PENGUIN_COURSES names the TOML file of those beside the first: a table each, whose fields are those of `HubCourse`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jupyterhub.handlers import BaseHandler
from tornado.web import HTTPError, authenticated

from classroom.exchange.decoding import decoded
from classroom.language import current_language
from classroom.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping

SERVICE_NAME = "penguin"
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


class CoursesUnread(ValueError):  # noqa: N818  (told to the operator)
    """The file of the courses can't be used; its text says why, in the operator's language."""


@dataclass(frozen=True)
class HubCourse:
    """One course as its rooms, its service and its desk need it."""

    data: str
    """The folder of `penguin hub prepare`: practice data and lessons without solutions."""
    address: str
    """Where its service listens; no other course's does."""
    exchange: str
    """The service's own folder for hand-ins, what comes back, and which hints are open, no other course's: its mentors read what lies there.

    Empty where the first course carries none.
    """
    lessons: str = ""
    """The course with its solutions; empty for the one of the package."""
    desk: str = ""
    """The mentors' folder; empty where there is no desk."""
    mentors: tuple[str, ...] = ()
    name: str = ""
    """Its place in addresses, that of its learners' servers and folders; empty for the first course."""

    @property
    def service(self) -> str:
        """What its service is called among the hub's."""
        return f"{SERVICE_NAME}-{self.name}" if self.name else SERVICE_NAME

    @property
    def edition(self) -> Path:
        """The lessons without their solutions."""
        return Path(self.data, "course")

    @property
    def room(self) -> list[str]:
        """What `penguin hub room` is given: the learner's folder, where it is not the usual one."""
        return ["--dir", f"~/second-penguin-{self.name}"] if self.name else []


_SETTINGS = frozenset(HubCourse.__dataclass_fields__) - {"name"}


def read_courses(place: str, first: HubCourse | None = None) -> dict[str, HubCourse]:
    """The courses beside the first, by name; none where no file is named.

    Args:
        place: The file.
        first: The first course.

    Raises:
        CoursesUnread: it is not there, no TOML, or lacks what a course needs.
    """
    return {each.name: each for each in _read(place, first)} if place else {}


def _read(place: str, first: HubCourse | None) -> list[HubCourse]:
    lang, found, known = current_language(), list[HubCourse](), [first] if first else []
    try:
        tables = tomllib.loads(Path(place).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as fault:
        raise CoursesUnread(say("hub.courses_unread", lang, file=place, why=fault)) from None
    for name, table in tables.items():
        if not _NAME.fullmatch(name):
            raise CoursesUnread(say("hub.course_name", lang, file=place, name=name))
        if unknown := sorted(_fields(table).keys() - _SETTINGS):
            raise CoursesUnread(say("hub.course_field", lang, file=place, name=name, field=unknown[0]))
        try:
            course = decoded(HubCourse, {**_fields(table), "name": name})
        except ValueError as fault:
            raise CoursesUnread(say("hub.course_unread", lang, file=place, name=name, why=fault)) from None
        if not course.edition.is_dir():
            raise CoursesUnread(say("hub.course_unprepared", lang, file=place, name=name, data=course.data))
        others = [*known, *found]
        if other := next((each.service for each in others if each.address == course.address), ""):
            raise CoursesUnread(say("hub.course_address", lang, file=place, name=name, other=other))
        if not course.exchange or any(_is_same(each.exchange, course.exchange) for each in others):
            raise CoursesUnread(say("hub.course_exchange", lang, file=place, name=name))
        found.append(course)
    return found


def _is_same(one: str, other: str) -> bool:
    return bool(one) and Path(one).resolve() == Path(other).resolve()


def _fields(table: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", table) if isinstance(table, dict) else {}


class CourseHandler(BaseHandler):
    """`/hub/course/NAME`: one address for all learners of a course, which leads each to their own server, started if it is not."""

    def initialize(self, names: frozenset[str]) -> None:
        """Take the names of the courses."""
        self._names = names

    @authenticated
    async def get(self, name: str) -> None:
        """Lead there."""
        if name not in self._names:
            raise HTTPError(404, say("hub.no_such_course", current_language(), name=name))
        who = self.current_user.escaped_name
        self.redirect(f"{self.hub.base_url.rstrip('/')}/spawn/{who}/{name}")

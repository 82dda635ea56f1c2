"""To which platform, and with which key: a file of the desk without a secret, and beside it the key, which is copied nowhere."""

from __future__ import annotations

import os
import stat
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from classroom.exchange.launches import Launch, read_launches
from classroom.mentor.notices.settings import is_sendable
from classroom.mentor.place.faults import DeskFault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder

FILE, KEY_FILE = "lti.toml", "lti-key.pem"
"""In the desk's folder."""


@dataclass(frozen=True)
class PlatformSettings:
    """A learning platform, as its administrator describes it to a tool."""

    client_id: str
    token_url: str
    launches: Path
    """What the hub keeps of who came from it (`PENGUIN_LTI_LAUNCHES`)."""
    audience: str
    """For whom the tool signs; with most platforms the address above."""


def read_platform(folder: MentorFolder) -> PlatformSettings | None:
    """The platform that the desk's file sets; None without the file.

    Raises:
        DeskFault: the file can't be read as such, or lacks something.
    """
    place = folder.desk / FILE
    try:
        found = tomllib.loads(place.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as fault:
        cause = str(fault) if isinstance(fault, ValueError) else type(fault).__name__
        raise DeskFault("lti.unreadable", place=place, cause=cause) from fault
    client, token_url, launches = (_text(found, each) for each in ("client_id", "token_url", "launches"))
    for name, is_right, known in (
        ("client_id", bool(client), "…"),
        ("token_url", is_sendable(token_url), "https://…"),
        ("launches", bool(launches), "/srv/penguin/lti/launches.json"),
    ):
        if not is_right:
            raise DeskFault("lti.value", place=place, name=name, known=known)
    return PlatformSettings(client, token_url, folder.desk / launches, _text(found, "audience") or token_url)


def read_key(folder: MentorFolder) -> str:
    """The tool's private key as PEM.

    Raises:
        DeskFault: there is none, or others can read it.
    """
    place = folder.desk / KEY_FILE
    try:
        rights, text = place.stat().st_mode, place.read_text(encoding="ascii")
    except (OSError, UnicodeError) as fault:
        raise DeskFault("lti.no_key", place=place) from fault
    if os.name != "nt" and rights & (stat.S_IROTH | stat.S_IRGRP):
        raise DeskFault("lti.open_key", place=place)
    return text


def who_came(settings: PlatformSettings) -> Mapping[str, Launch]:
    """Where each person's scores go, by the name on the hub; nobody before the first has come.

    Raises:
        DeskFault: the hub's file can't be read.
    """
    try:
        found = read_launches(settings.launches)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as fault:
        raise DeskFault("lti.unreadable", place=settings.launches, cause=type(fault).__name__) from fault
    return {name: each for name, each in found.items() if is_sendable(each.line_items)}


def _text(table: Mapping[str, Any], name: str) -> str:
    found = table.get(name)
    return found.strip() if isinstance(found, str) else ""

"""Where notices go: a file of the desk that holds secrets, and so is read by nobody else and copied nowhere."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from classroom.mentor.place.faults import DeskFault

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder

FILE = "notices.toml"
"""In the desk's folder."""
WEBHOOK_VARIABLE, PASSWORD_VARIABLE = "PENGUIN_WEBHOOK_URL", "PENGUIN_SMTP_PASSWORD"
"""Where an operator may put the secrets instead."""
_LOCAL = ("localhost", "127.0.0.1", "::1")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
_SENDABLE = re.compile(r"[!-~]+")
"""An address as it goes over the line; others end in a fault that tells of it."""
_PORTS_END = 65536
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


class WebhookForm(StrEnum):
    """Whose incoming webhook it is."""

    SLACK = "slack"
    TEAMS = "teams"
    GOOGLE_CHAT = "google_chat"


@dataclass(frozen=True)
class Webhook:
    """A chat's incoming webhook; its address is a secret."""

    url: str
    form: WebhookForm

    @property
    def host(self) -> str:
        """What may be said of the address."""
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True)
class MailServer:
    """A server that takes mail."""

    host: str
    port: int
    security: str
    """starttls, tls, or none, which is for this machine alone."""
    sender: str
    user: str = ""
    password: str = ""


@dataclass(frozen=True)
class NoticeWays:
    """The ways that are set."""

    webhook: Webhook | None = None
    mail: MailServer | None = None

    def __bool__(self) -> bool:
        """Whether notices go anywhere."""
        return self.webhook is not None or self.mail is not None


def read_ways(folder: MentorFolder) -> NoticeWays:
    """The ways that the desk's file sets; none without it.

    Raises:
        DeskFault: the file can't be read as such, others can read it, or it would send a secret in the clear.
    """
    place = folder.desk / FILE
    try:
        text = place.read_text(encoding="utf-8-sig")
        rights = place.stat().st_mode
    except FileNotFoundError:
        return NoticeWays()
    except (OSError, UnicodeError) as fault:
        raise DeskFault("notices.unreadable", place=place, cause=type(fault).__name__) from fault
    if os.name != "nt" and rights & stat.S_IROTH:
        raise DeskFault("notices.open_to_all", place=place)
    try:
        found = tomllib.loads(text)
    except ValueError as fault:
        raise DeskFault("notices.unreadable", place=place, cause=str(fault)) from fault
    return NoticeWays(_webhook(place, found.get("webhook")), _mail(place, found.get("mail")))


def is_sendable(url: str) -> bool:
    """Whether it is an address to which a secret may go: by https, or on this machine."""
    try:
        parts = urlsplit(url)
        host, is_whole = parts.hostname, parts.port != 0 and _SENDABLE.fullmatch(url) is not None
    except ValueError:
        return False
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in _LOCAL)
    return bool(host) and is_whole and is_safe


def _webhook(place: Path, table: Any) -> Webhook | None:
    if table is None:
        return None
    url = _text(table, "url") or os.environ.get(WEBHOOK_VARIABLE, "")
    form = _text(table, "form") or WebhookForm.SLACK.value
    if form not in set(WebhookForm):
        raise DeskFault("notices.value", place=place, name="webhook.form", known=", ".join(WebhookForm))
    if not is_sendable(url):
        raise DeskFault("notices.value", place=place, name="webhook.url", known="https://…")
    return Webhook(url, WebhookForm(form))


def _mail(place: Path, table: Any) -> MailServer | None:
    if table is None:
        return None
    host, sender, security = _text(table, "host"), _text(table, "from"), _text(table, "security") or "starttls"
    given = table.get("port") if isinstance(table, dict) else None
    port = _PORTS.get(security) if given is None else given
    is_plain = security == "none" and host not in _LOCAL
    for name, is_right, known in (
        ("host", bool(host), "smtp.example.com"),
        ("from", bool(_ADDRESS.fullmatch(sender)), "sql@example.com"),
        ("security", security in _PORTS and not is_plain, "starttls, tls"),
        ("port", type(port) is int and 0 < port < _PORTS_END, "587, 465"),
    ):
        if not is_right:
            raise DeskFault("notices.value", place=place, name=f"mail.{name}", known=known)
    password = _text(table, "password") or os.environ.get(PASSWORD_VARIABLE, "")
    return MailServer(host, int(port or 0), security, sender, _text(table, "user"), password)


def _text(table: Any, name: str) -> str:
    found = table.get(name) if isinstance(table, dict) else None
    return found.strip() if isinstance(found, str) else ""

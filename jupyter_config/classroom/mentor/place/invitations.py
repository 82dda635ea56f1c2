"""The ways into a class that a mentor gives: one for everybody, or one for each learner with a key of their own."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from classroom.exchange.invitation import BY_FOLDER, Invitation, as_file
from classroom.exchange.names import safe_name
from classroom.mentor.place.door import way_of
from classroom.mentor.place.faults import DeskFault
from classroom.mentor.place.stores import KEY
from sqlgrade.whole_file import write_once, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder

FOLDER = "invitations"
FOR_ALL = "class.json"


def key_of(folder: MentorFolder, learner: str) -> str:
    """The key with which a learner seals hand-ins; made of the desk's own, so nothing needs to be kept for each."""
    return hmac.new(_own_key(folder).encode(), learner.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def certificate_key(folder: MentorFolder) -> str:
    """The key of the desk's own certificates; no learner has it."""
    return hmac.new(_own_key(folder).encode(), b"\0certificates", hashlib.sha256).hexdigest()


def invitation_for(folder: MentorFolder, learner: str = "") -> Invitation:
    """A learner's own invitation; without a learner the one for everybody."""
    return Invitation(
        course=folder.course_id,
        mentor=folder.mentor_for_learners,
        way=way_of(folder),
        folder=str(folder.share) if folder.share else "",
        learner=learner,
        key=key_of(folder, learner) if learner else "",
        points=bool(folder.settings.get("points", True)),
    )


def write_invitations(folder: MentorFolder, learners: list[str]) -> Path:
    """Write the invitation for everybody, or a learner's own for each that is named; gives the folder they lie in.

    With a shared folder the one for everybody also lies there, so that it can be opened from any computer.
    """
    place = folder.root / FOLDER
    if not learners:
        general = invitation_for(folder)
        write_whole(place / FOR_ALL, as_file(general))
        if folder.share and folder.share.is_dir():
            there = Invitation(general.course, general.mentor, BY_FOLDER, ".", points=general.points)
            write_whole(folder.share / safe_name(folder.course_id) / f"invitation-{FOR_ALL}", as_file(there))
    for each in learners:
        file = place / f"{each}.json"
        write_whole(file, as_file(invitation_for(folder, each)))
        file.chmod(0o600)
    return place


def _own_key(folder: MentorFolder) -> str:
    place = folder.desk / KEY
    if not place.is_file():
        write_once(place, secrets.token_hex(32).encode())
        place.chmod(0o600)
    if not (key := place.read_text(encoding="ascii").strip()):
        raise DeskFault("store_lost", files=f"desk/{KEY}")  # anybody could seal with keys that are made of nothing
    return key

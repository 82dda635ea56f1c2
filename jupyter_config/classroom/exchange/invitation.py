"""The way into a class: a small file or link from the mentor, and what a learner's folder remembers of it."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from classroom.exchange.decoding import decoded
from sqlgrade.outside import read_json, read_text
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from classroom.exchange.transport import LearnersEnd

LINK = "penguin:"
FILE = "class.json"
"""In the learner's hidden folder."""
BY_FOLDER, BY_HAND, BY_HUB = "folder", "file", "hub"
_MOST_CHARACTERS = 20_000


class NoInvitation(ValueError):  # noqa: N818  (told to the learner)
    """What was given is no invitation to a class."""


@dataclass(frozen=True)
class Invitation:
    """What the mentor gives."""

    course: str
    mentor: str
    way: str
    """folder, file or hub."""
    folder: str = ""
    """The shared folder; `.` is the folder above that of the course in which the invitation lies."""
    learner: str = ""
    """Whose it is; empty in one for everybody."""
    key: str = ""
    """What the learner seals hand-ins with; empty in one for everybody."""
    points: bool = False
    """Whether verdicts tell their points."""


@dataclass(frozen=True)
class Membership:
    """A learner's folder in a class."""

    invitation: Invitation
    sender: str
    """A number of this folder."""

    @property
    def learner(self) -> str:
        """Who the class knows the learner as."""
        return self.invitation.learner


def as_link(invitation: Invitation) -> str:
    """The invitation as one line for a chat."""
    text = json.dumps(_facts(invitation), ensure_ascii=False)
    return LINK + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def as_file(invitation: Invitation) -> bytes:
    """The invitation as a file that people can read."""
    return json.dumps({"penguin": "invitation", **_facts(invitation)}, ensure_ascii=False, indent=1).encode()


def read_invitation(given: str) -> Invitation:
    """The invitation in a file or a link.

    Raises:
        NoInvitation: it is none.
    """
    place: Path | None = None
    try:
        if given.startswith(LINK):
            coded = given.removeprefix(LINK).strip()[:_MOST_CHARACTERS]
            text = base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode()
        else:
            place = Path(given.removeprefix("file://")).expanduser().resolve()
            text = read_text(place, _MOST_CHARACTERS)
        found = decoded(Invitation, read_json(text))
    except (OSError, ValueError) as fault:
        raise NoInvitation(str(fault)) from fault
    if not found.course or found.way not in _ENDS:
        raise NoInvitation(given)
    if found.folder == ".":
        if place is None:
            raise NoInvitation(given)
        found = replace(found, folder=str(place.parent.parent))
    return found


def join(hidden: Path, invitation: Invitation, *, learner: str = "", folder: str = "") -> Membership:
    """Make a learner's folder a member of the class; joining again keeps its number.

    Args:
        hidden: The learner's hidden folder.
        invitation: The mentor's.
        learner: Who the class knows the learner as, where the invitation is for everybody.
        folder: Where the shared folder is on this computer, if that is elsewhere than on the mentor's.

    Raises:
        NoInvitation: it is for everybody, and nobody says who the learner is.
    """
    named = replace(
        invitation, learner=invitation.learner or learner.strip(), folder=folder.strip() or invitation.folder
    )
    if not named.learner:
        raise NoInvitation("no name")
    before = membership(hidden)
    made = Membership(named, before.sender if before else secrets.token_hex(8))
    write_whole(hidden / FILE, json.dumps(asdict(made), ensure_ascii=False, indent=1).encode())
    (hidden / FILE).chmod(0o600)
    return made


def membership(hidden: Path) -> Membership | None:
    """The class that a learner's folder is in; None without one."""
    try:
        return decoded(Membership, read_json((hidden / FILE).read_bytes()))
    except (OSError, ValueError):
        return None


def learners_end(member: Membership, hidden: Path, outgoing: Path) -> LearnersEnd:
    """The learner's end of the way that the class uses; `outgoing` is where files to be sent by hand are put."""
    return _ENDS[member.invitation.way](member.invitation, hidden, outgoing)


# each way is loaded by who sends: every kernel reads the membership, and few ever send
def _folder_end(invitation: Invitation, hidden: Path, outgoing: Path) -> LearnersEnd:
    from classroom.exchange.shared_folder import FolderForLearner

    del hidden, outgoing
    return FolderForLearner(Path(invitation.folder).expanduser(), invitation.course, invitation.learner)


def _hub_end(invitation: Invitation, hidden: Path, outgoing: Path) -> LearnersEnd:
    from classroom.exchange.hub_line import hub_line
    from classroom.exchange.over_hub import HubForLearner

    del hidden, outgoing
    return HubForLearner(hub_line(), invitation.course)


def _hand_end(invitation: Invitation, hidden: Path, outgoing: Path) -> LearnersEnd:
    from classroom.exchange.by_hand import HandForLearner

    del invitation
    return HandForLearner(outgoing, hidden / "received")


_ENDS: Mapping[str, Callable[[Invitation, Path, Path], LearnersEnd]] = {
    BY_FOLDER: _folder_end,
    BY_HAND: _hand_end,
    BY_HUB: _hub_end,
}
"""Name of a way in an invitation -> the learner's end of it, of the invitation, the learner's hidden folder and the one for files to be sent."""


def _facts(invitation: Invitation) -> dict[str, object]:
    return {name: value for name, value in asdict(invitation).items() if value}

"""A learner on a hub is in its class without doing anything: the hub knows who they are, and which class is out or was named to it."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from classroom.exchange.hub_line import hub_line
from classroom.exchange.invitation import BY_HUB, Invitation, NoInvitation, join, membership, read_invitation
from classroom.exchange.over_hub import classes
from classroom.exchange.transport import Unreachable

if TYPE_CHECKING:
    from classroom.folder import Folder

_log = logging.getLogger(__name__)
USER_VARIABLE = "JUPYTERHUB_USER"
INVITATION_VARIABLE = "PENGUIN_INVITATION"
"""The invitation for everybody, where the mentors' desk is not on the hub."""


def join_class(folder: Folder) -> None:
    """Make a learner's folder a member of the one class of its hub; one that is in a class stays there."""
    user = os.environ.get(USER_VARIABLE, "")
    if not user or membership(folder.hidden) is not None:
        return
    if invitation := _named_to_the_hub() or _out_on_the_hub():
        join(folder.hidden, invitation, learner=user)


def _named_to_the_hub() -> Invitation | None:
    given = os.environ.get(INVITATION_VARIABLE, "")
    if not given:
        return None
    try:
        invitation = read_invitation(given)
    except NoInvitation:
        _log.exception("%s is no invitation", INVITATION_VARIABLE)
        return None
    if invitation.learner:
        _log.error("%s invites %s alone", INVITATION_VARIABLE, invitation.learner)
        return None
    return invitation


def _out_on_the_hub() -> Invitation | None:
    line = hub_line(seconds=10)
    if line is None:
        return None
    try:
        out = classes(line)
    except Unreachable:
        _log.info("this hub carries no hand-ins, or not now", exc_info=True)
        return None
    return Invitation(out[0].course, out[0].mentor, BY_HUB, points=out[0].points) if len(out) == 1 else None

"""What waits while a cell runs: a message that was taken apart while it was dealt with waits no longer either."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import zmq
from jupyter_client.session import Session

from classroom.learner.kernel.renewal import Renewal


def test_a_message_that_was_taken_apart_waits_no_longer() -> None:
    session = Session(key=b"key")
    frames = [zmq.Frame(each) for each in session.serialize(session.msg("execute_request"), ident=[b"client"])]
    renewal = Renewal(cast("Any", SimpleNamespace(session=session)))
    renewal.came(frames)
    assert len(renewal._waiting()) == 1
    known = renewal.id_of(frames)
    frames.clear()  # as the kernel does where a cell has failed
    renewal.dealt_with(known)
    assert renewal._waiting() == ()

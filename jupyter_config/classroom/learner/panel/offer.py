"""What a button under an answer opens: something to read, and perhaps something to try."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from classroom.messages import say_in
from classroom.session.verdict.sentences import MESSAGES as OF_VERDICT
from coursebook.messages import sentences_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.learner.state.desk import Desk
    from classroom.session.case import Case
    from classroom.session.display import Display

MESSAGES = "classroom.learner.panel"


@dataclass(frozen=True)
class Offer:
    """One button of the panel."""

    name: str
    """Its label is `button.<name>`."""
    applies: Callable[[Case], bool]
    show: Callable[[Case, Desk], Display]
    """As HTML and text, for every front end."""
    widgets: Callable[[Case, Desk], Any | None] | None = None
    """To be worked on, where widgets are; None where there is nothing to work on."""
    rung: int = 0
    """The rung of the feedback ladder that it opens."""
    has_line: bool = True
    """Whether `%<name>` gives the same in words."""
    asks_first: bool = False
    """Whether a first press only asks if the learner is sure."""
    aside: bool = False
    """Whether it stands behind the button for what is needed less."""
    needs_solution: bool = False
    """Whether it is made from the solution, which a learners' edition does not hold until it is asked for."""
    in_room: bool = False
    """Whether it is a hint that a room shows by itself, so that a judge elsewhere has to be told of it."""
    in_card: bool = False
    """Whether the room's card around an answer offers the same, so that its button is not to be seen there."""


def sentence(code: str, lang: str, **params: object) -> str:
    """A sentence of the panel, or of the verdict above it."""
    package = OF_VERDICT if code in sentences_in(OF_VERDICT, lang) else MESSAGES
    return say_in(package, code, lang, **params)


def put_back(text: str, label: str, title: str = "", *, action: str = "source", runs: bool = False) -> str:
    """A button, answered by the page itself, that writes into the cell, and perhaps runs it."""
    named = f' title="{escape(title)}"' if title else ""
    named += " data-penguin-runs" if runs else ""
    value = escape(json.dumps(text))
    return (
        f'<span class="pg-live"><button type="button" class="pg-tool" data-penguin-{action}="{value}"{named}>'
        f"{escape(label)}</button></span>"
    )

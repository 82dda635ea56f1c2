"""A review that somebody who has finished writes of a colleague's answer in words.

It is handed in like a lesson whose id is `REVIEW`, in the place of a notebook.
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from classroom.exchange.decoding import decoded
from classroom.exchange.mailbox import Mailbox
from classroom.exchange.outbox import Outbox

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from classroom.exchange.invitation import Membership
    from classroom.exchange.records import AskedReview

_log = logging.getLogger(__name__)
REVIEW = "REVIEW"
"""The id under which a review is handed in."""
FILE = "review.json"


@dataclass(frozen=True)
class Given:
    """Points for one criterion."""

    criterion: str
    points: float


@dataclass(frozen=True)
class Review:
    """One review, perhaps only begun."""

    key: str
    """Of the `AskedReview`."""
    given: tuple[Given, ...] = ()
    words: str = ""

    def points(self, criterion: str) -> float | None:
        """What a criterion was given; None before."""
        return next((each.points for each in self.given if each.criterion == criterion), None)


def as_notebook(review: Review) -> dict[str, Any]:
    """What stands in the place of the notebook in a `HandIn` of a review."""
    return {"cells": [], "metadata": {"penguin": {"review": asdict(review)}}, "nbformat": 4, "nbformat_minor": 5}


def in_notebook(notebook: Mapping[str, Any]) -> Review:
    """The review in a `HandIn`'s notebook.

    Raises:
        ValueError: there is none.
    """
    try:
        return decoded(Review, notebook["metadata"]["penguin"]["review"])
    except (KeyError, TypeError) as fault:
        raise ValueError("no review") from fault


def asked(hidden: Path, member: Membership | None) -> tuple[AskedReview, ...]:
    """What waits for this learner's review and was not sent yet; nothing outside of any class."""
    standing = Mailbox(hidden).known.post.standing
    if member is None or standing is None or not standing.reviews:
        return ()
    sent = {each.key for each in sent_reviews(hidden, member)}
    return tuple(each for each in standing.reviews if each.key not in sent)


def sent_reviews(hidden: Path, member: Membership) -> tuple[Review, ...]:
    """The reviews that were sent from this folder, oldest first."""
    outbox, found = Outbox(hidden, member), []
    for each in outbox.receipts():
        letter = outbox.look_at(each.code) if each.lesson == REVIEW else None
        if letter is not None:
            try:
                found.append(in_notebook(letter.notebook))
            except ValueError:
                _log.warning("The review %s can't be read any more", each.code, exc_info=True)
    return tuple(found)

"""What a mentor gives for a sealed plan: the seed and the effect of its second month, written so that nobody reads it by accident."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass

from classroom.exchange.decoding import decoded
from sqlgrade.outside import read_json

_MOST_CHARACTERS = 4000


@dataclass(frozen=True)
class Grant:
    """The second month of one plan."""

    seal: str
    """The code of the log's entry that holds the plan: for another plan it is worth nothing."""
    effect: str
    """One of `marketplace.secondmonth.plan.EFFECTS`."""
    seed: int

    def to_text(self) -> str:
        """One line without spaces, which shows nothing to the eye."""
        return urlsafe_b64encode(zlib.compress(json.dumps(asdict(self)).encode())).decode().rstrip("=")


def grant_in(text: str) -> Grant:
    """The grant in a text.

    Raises:
        ValueError: there is none.
    """
    coded = "".join(text.split())[:_MOST_CHARACTERS]
    try:
        raw = zlib.decompressobj().decompress(urlsafe_b64decode(coded + "=" * (-len(coded) % 4)), _MOST_CHARACTERS)
    except zlib.error as fault:
        raise ValueError("no grant") from fault
    return decoded(Grant, read_json(raw))

"""Who has come from a learning platform: what its signed tokens said, kept by the hub for the desk that sends scores there."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from classroom.exchange.decoding import decoded
from sqlgrade.outside import read_bytes, read_json
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ENDPOINT_CLAIM = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
"""Of a token: where the platform takes scores (LTI Advantage, Assignment and Grade Services 2.0)."""
_LONGEST = 2_000


@dataclass(frozen=True)
class Launch:
    """Where one person's scores go."""

    subject: str
    """The platform's own name for the person (`sub`)."""
    line_items: str
    """The address of the columns of that person's course in the platform."""


def launch_in(token: Mapping[str, Any]) -> Launch | None:
    """What a token that has been verified says of it; None where its platform takes no scores."""
    claim = token.get(ENDPOINT_CLAIM)
    address, subject = claim.get("lineitems") if isinstance(claim, dict) else None, token.get("sub")
    if not all(isinstance(each, str) and 0 < len(each) <= _LONGEST for each in (address, subject)):
        return None
    return Launch(str(subject), str(address))


def note_launch(place: Path, name: str, launch: Launch) -> None:
    """Keep it under the name that a person has on the hub; readable to the account and its group.

    Raises:
        OSError: it can't be written.
        ValueError: what lies there is not this file.
    """
    known = read_launches(place) if place.exists() else {}
    if known.get(name) == launch:
        return
    text = json.dumps(
        {who: asdict(each) for who, each in {**known, name: launch}.items()}, ensure_ascii=False, indent=1
    )
    write_whole(place, text.encode("utf-8", "backslashreplace"))
    place.chmod(0o640)


def read_launches(place: Path) -> dict[str, Launch]:
    """All that were kept, by name on the hub.

    Raises:
        OSError: it can't be read.
        ValueError: it is not this file.
    """
    found = read_json(read_bytes(place))
    if not isinstance(found, dict):
        raise ValueError(place.name)  # noqa: TRY004  (what lies there is at fault)
    return {str(name): decoded(Launch, each) for name, each in found.items()}

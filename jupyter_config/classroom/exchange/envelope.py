"""The envelope around a letter: says what it holds, whether it arrived whole, and who sealed it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from classroom.exchange.decoding import decoded
from classroom.exchange.records import KINDS, Letter, kind_of
from sqlgrade import outside

if TYPE_CHECKING:
    import datetime as dt

FORMAT = 1
MOST_BYTES = 32_000_000
MOST_PARTS = 800_000
"""Lists and objects in an envelope: a full one has some thousands."""


class Damaged(ValueError):  # noqa: N818  (a file that is no whole envelope is nobody's error)
    """No envelope, or one that did not arrive whole; perhaps it is still on its way."""


@dataclass(frozen=True)
class Envelope:
    """A letter that was opened."""

    letter: Letter
    digest: str
    """SHA-256 of the letter: equal letters are one letter, under whatever names they lie."""
    sent_at: str
    """When it was put on its way, by the sender's clock; later than it was written where it had to wait."""
    signature: str
    """HMAC of the digest under the learner's key; empty from who has none."""

    @property
    def code(self) -> str:
        """The number that learner and mentor can tell each other."""
        return code_of(self.digest)

    def is_signed(self, key: str) -> bool:
        """Whether somebody sealed it who has this key."""
        return bool(key) and hmac.compare_digest(self.signature.encode(), _signature(self.digest, key).encode())


def seal(letter: Letter, sent_at: dt.datetime, key: str = "") -> bytes:
    """A letter in its envelope, as the bytes of a file."""
    content = asdict(letter)
    digest = digest_of(letter)
    envelope = {
        "penguin": kind_of(letter),
        "format": FORMAT,
        "digest": digest,
        "signature": _signature(digest, key) if key else "",
        "sent_at": sent_at.isoformat(),
        "content": content,
    }
    return json.dumps(envelope, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")


def open_envelope(data: bytes) -> Envelope:
    """Read an envelope that anybody may have written.

    Raises:
        Damaged: it is none, or not whole.
    """
    return opened(read_json(data))


def opened(raw: Any) -> Envelope:
    """The envelope in JSON that was read; raises as `open_envelope` does."""
    if not isinstance(raw, dict) or raw.get("penguin") not in KINDS or not isinstance(raw.get("content"), dict):
        raise Damaged("no envelope")
    try:
        if raw.get("digest") != _digest(raw["content"]):
            raise Damaged("the content is not what was sealed")
        letter: Letter = decoded(KINDS[raw["penguin"]], raw["content"])
    except (ValueError, RecursionError) as fault:
        raise Damaged(str(fault)) from fault
    signature, sent_at = raw.get("signature"), raw.get("sent_at")
    return Envelope(letter, str(raw["digest"]), str(sent_at or ""), signature if isinstance(signature, str) else "")


def read_json(data: bytes) -> Any:
    """JSON within bounds.

    Raises:
        Damaged: it is too large, too full, or no JSON.
    """
    if len(data) > MOST_BYTES or data.count(b"{") + data.count(b"[") > MOST_PARTS:
        raise Damaged("too large")
    try:
        return outside.read_json(data, MOST_BYTES, as_sealed=True)
    except ValueError as fault:
        raise Damaged("no JSON") from fault


def digest_of(letter: Letter) -> str:
    """The letter's own number, whoever seals it and whenever."""
    return _digest(json.loads(json.dumps(asdict(letter))))


def code_of(digest: str) -> str:
    """Eight letters and figures of a digest, such as K7F2-9QXA."""
    letters = base64.b32encode(bytes.fromhex(digest[:10])).decode()
    return f"{letters[:4]}-{letters[4:8]}"


def _digest(content: Any) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _signature(digest: str, key: str) -> str:
    return hmac.new(key.encode(), digest.encode(), hashlib.sha256).hexdigest()

"""Names of files and folders that every system takes: Windows, a synced drive, a share that knows no capitals."""

from __future__ import annotations

import hashlib
import unicodedata

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")
_MOST = 100


def safe_name(text: str) -> str:
    """A name for any text, another for each: capitals, dots and all other characters stand as their bytes.

    It begins with a letter of its own, so that it is none of the names that Windows keeps for itself.
    """
    normal = unicodedata.normalize("NFC", text)
    coded = "".join(each if each in _PLAIN else _coded(each) for each in normal)
    if len(coded) > _MOST:
        coded = f"{coded[: _MOST - 20]}-{hashlib.sha256(normal.encode('utf-8', 'replace')).hexdigest()[:19]}"
    return f"x{coded}"


def _coded(character: str) -> str:
    return "".join(f"~{byte:02x}" for byte in character.encode("utf-8", "replace"))

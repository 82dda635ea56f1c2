"""What a worker may answer beside a verdict."""

from __future__ import annotations

from dataclasses import dataclass

READY, UNKNOWN_PACK = "ready", "unknown_pack"
"""Answers about packs."""


@dataclass(frozen=True)
class Fault:
    """Why a worker could not do its duty: "exercise" if the author's script is wrong, "internal" if we are."""

    kind: str
    message: str

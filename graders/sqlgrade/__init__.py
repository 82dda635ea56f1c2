"""A judge of SQL answers: over any schema, on small databases of its own making, with the mistake named."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlgrade.dialect.heading import in_dialect
    from sqlgrade.pack.building import build_pack
    from sqlgrade.pack.contents import Pack
    from sqlgrade.pack.kept import pack_for
    from sqlgrade.record import (
        Alternative,
        Exercise,
        ExerciseFault,
        Limits,
        NearMiss,
        RowOrder,
        Rules,
        Solution,
    )
    from sqlgrade.service.batch import judge_line
    from sqlgrade.service.grader import Grader
    from sqlgrade.verdict import Reason, Status, Verdict

_HOMES = {
    **dict.fromkeys(
        ("Alternative", "Exercise", "ExerciseFault", "Limits", "NearMiss", "RowOrder", "Rules", "Solution"), "record"
    ),
    "Pack": "pack.contents",
    "build_pack": "pack.building",
    "pack_for": "pack.kept",
    **dict.fromkeys(("Reason", "Status", "Verdict"), "verdict"),
    "Grader": "service.grader",
    "in_dialect": "dialect.heading",
    "judge_line": "service.batch",
    "render": "messages",
    "verdict_sentences": "messages",
}

__all__ = [
    "Alternative",
    "Exercise",
    "ExerciseFault",
    "Grader",
    "Limits",
    "NearMiss",
    "Pack",
    "Reason",
    "RowOrder",
    "Rules",
    "Solution",
    "Status",
    "Verdict",
    "build_pack",
    "in_dialect",
    "judge_line",
    "pack_for",
    "render",
    "verdict_sentences",
]


def __getattr__(name: str) -> Any:
    """Loads the part of the package that a public name lives in, when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sqlgrade' has no attribute {name!r}")
    return getattr(importlib.import_module(f"sqlgrade.{_HOMES[name]}"), name)

"""The style sheet that results, verdicts and panels share."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def style_sheet() -> str:
    """The CSS; it leans on JupyterLab's variables and so follows light and dark themes."""
    return (files("classroom") / "appearance.css").read_text(encoding="utf-8")


@cache
def style_tag() -> str:
    """The style sheet as an element, for outputs that must look right outside of JupyterLab too."""
    lines = (line.strip() for line in style_sheet().splitlines())
    return f"<style>{''.join(line for line in lines if line)}</style>"

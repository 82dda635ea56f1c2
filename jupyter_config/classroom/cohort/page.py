"""What the one cell of a mentor's class page imports; the page lies in `classroom.mentor.classpage`."""

from __future__ import annotations

from classroom.mentor.classpage.page import show

__all__ = ["show"]

"""What answers the BI room's editor, in the process that runs its queries: what Tab offers, and the tables beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from classroom.learner.bi.asking import DeskAsker
from classroom.learner.panel.schema_view import show_schema
from classroom.learner.state.completion import Completer
from coursebook.parameters import LINE_NAMES

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk


class BiDesk(DeskAsker):
    """Runs queries, completes them, and tells of the tables."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._completer: Completer | None = None

    def complete(self, code: str, cursor: int, night: int) -> dict[str, Any]:
        """What is offered for the word before the cursor, counted in characters, and where that word begins."""
        if self.reach(night):
            return {"start": cursor, "offers": []}
        if self._completer is None or self._completer.session is not self.desk.session:
            self._completer = Completer(self.desk.session, sorted(LINE_NAMES))
        offers, start = self._completer.complete(code, cursor)
        return {"start": start, "offers": [{"text": each.text, "kind": each.kind} for each in offers]}

    def tables(self, asked: str, night: int) -> str:
        """The tables as HTML, as the line %schema shows them in a lesson."""
        if problem := self.reach(night):
            return problem
        return str(show_schema(self.desk, asked).data["text/html"])

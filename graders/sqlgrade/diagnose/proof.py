"""What running an answer shows of it, for names that the two texts alone do not prove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.compare import fingerprint
from sqlgrade.tables.result import Result

if TYPE_CHECKING:
    from sqlgrade.outcomes.trial import Trial
    from sqlgrade.query.query import Query

_MOST_DATABASES = 20


class Proof:
    """Runs an answer, and the answer with one part in another's place, on the databases on which it is wrong first."""

    def __init__(self, trial: Trial) -> None:
        self._trial = trial
        self._results: dict[str, list[Result]] = {}

    def shows_blank(self, query: Query, name: str) -> bool:
        """Whether an output column of the outermost block is blank in some row."""
        outputs = query.tree.selects if isinstance(query.tree, exp.Query) else []
        places = [place for place, item in enumerate(outputs) if item.alias_or_name.lower() == name.lower()]
        found = self._of(query.tree.sql("duckdb"))
        return any(row[place] is None for result in found for row in result.rows for place in places)

    def matters(self, query: Query, own: exp.Expr, wanted: exp.Expr) -> bool:
        """Whether a part in another's place changes a result; also where it can't stand there at all."""
        return self.tells_apart(query, own, own, wanted)

    def tells_apart(self, query: Query, own: exp.Expr, one: exp.Expr, other: exp.Expr) -> bool:
        """Whether a result depends on which of two stands in a part's place; also where one can't stand there at all."""
        found = [self._of(query.replace(own, each.copy()).sql("duckdb")) for each in (one, other)]
        return not all(found) or [*map(fingerprint, found[0])] != [*map(fingerprint, found[1])]

    def _of(self, sql: str) -> list[Result]:
        if sql not in self._results:
            results = (self._trial.run(sql, name) for name in self._trial.databases[:_MOST_DATABASES])
            self._results[sql] = [each for each in results if isinstance(each, Result)]
        return self._results[sql]

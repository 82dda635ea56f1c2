"""What running an answer shows of it, for names that the two texts alone do not prove."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from sqlgrade.compare import fingerprint
from sqlgrade.diagnose.facts.evidence import plain_key
from sqlgrade.tables.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.outcomes.trial import Trial
    from sqlgrade.query.query import Query
    from sqlgrade.tables.result import RunError

_MOST_DATABASES = 32


class Proof:
    """Runs an answer, and the answer with one part in another's place, on the databases on which it is wrong first."""

    def __init__(self, trial: Trial) -> None:
        self._trial = trial
        self._results: dict[str, list[Result | RunError]] = {}

    def shows_blank(self, query: Query, name: str) -> bool:
        """Whether an output column of the outermost block is blank in some row."""
        outputs = query.tree.selects if isinstance(query.tree, exp.Query) else []
        places = [place for place, item in enumerate(outputs) if item.alias_or_name.lower() == name.lower()]
        found = self._outcomes(query.tree.sql("duckdb"))
        results = (each for each in found if isinstance(each, Result))
        return any(row[place] is None for result in results for row in result.rows for place in places)

    def matters(self, query: Query, own: exp.Expr, wanted: exp.Expr) -> bool:
        """Whether a part in another's place changes a result; also where it can't stand there at all."""
        return self.tells_apart(query, own, own, wanted)

    def tells_apart(self, query: Query, own: exp.Expr, one: exp.Expr, other: exp.Expr) -> bool:
        """Whether a result depends on which of two stands in a part's place; also where one can't stand there at all."""
        runs = (self._outcomes(query.replace(own, each.copy()).sql("duckdb")) for each in (one, other))
        stands = False
        for pair in zip(*runs, strict=True):  # most parts that tell do so on the first database
            if fingerprint(pair[0]) != fingerprint(pair[1]):
                return True
            stands = stands or isinstance(pair[0], Result)
        return not stands

    def nearer(self, query: Query, own: exp.Expr, wanted: exp.Expr) -> bool:
        """Whether a part in another's place changes the results, and not so that more rows are wrong than before."""
        one, other = query.tree.sql("duckdb"), query.replace(own, wanted.copy()).sql("duckdb")
        stands = any(isinstance(each, Result) for each in self._outcomes(other))
        return stands and self.matters(query, own, wanted) and self._wrong_rows(other) <= self._wrong_rows(one)

    def rights(self, query: Query, own: exp.Expr, wanted: exp.Expr) -> bool:
        """Whether a part in another's place leaves fewer rows wrong."""
        one, other = query.tree.sql("duckdb"), query.replace(own, wanted.copy()).sql("duckdb")
        return self._wrong_rows(other) < self._wrong_rows(one)

    def no_worse(self, query: Query, own: exp.Expr, one: exp.Expr, other: exp.Expr) -> bool:
        """Whether one thing in a part's place gives another result than a second one there, and no more wrong values."""
        both = [query.replace(own, each.copy()).sql("duckdb") for each in (one, other)]
        return self.tells_apart(query, own, one, other) and self._wrong_cells(both[0]) <= self._wrong_cells(both[1])

    def _wrong_rows(self, sql: str) -> int:
        """How many rows a query gives too many or too few."""
        wrong = 0
        for name, found in zip(self._trial.databases, self._outcomes(sql), strict=False):
            ours = Counter(map(plain_key, found.rows)) if isinstance(found, Result) else Counter()
            theirs = Counter(map(plain_key, self._trial.references[name].result.rows))
            wrong += _apart(ours, theirs)
        return wrong

    def _wrong_cells(self, sql: str) -> int:
        """How many values a query gives too many or too few, column by column."""
        wrong = 0
        for name, found in zip(self._trial.databases, self._outcomes(sql), strict=False):
            right = self._trial.references[name].result
            for place in range(len(right.columns)):
                rows = (found.rows if isinstance(found, Result) else (), right.rows)
                ours, theirs = (Counter(plain_key((row[place],)) for row in each) for each in rows)
                wrong += _apart(ours, theirs)
        return wrong

    def mends(self, sql: str) -> bool:
        """Whether a query is right on every database."""
        return self._trial.agrees(sql)

    def one_wrong(self, query: Query) -> exp.Expr | None:
        """Of several output columns of an answer that always has one row, the one that alone is ever wrong."""
        outputs = query.tree.selects if isinstance(query.tree, exp.Query) else []
        wrong: set[int] = set()
        for name in self._trial.databases[:_MOST_DATABASES]:
            own, right = self._trial.run(query.tree.sql("duckdb"), name), self._trial.references[name].result
            if not isinstance(own, Result) or [len(own.rows), len(right.rows)] != [1, 1]:
                return None
            if len(own.columns) != len(right.columns) or len(outputs) != len(own.columns):
                return None
            cells = zip(own.rows[0], right.rows[0], strict=True)
            wrong |= {place for place, pair in enumerate(cells) if not _alike(*pair)}
        return outputs[wrong.pop()] if len(wrong) == 1 < len(outputs) else None

    def _outcomes(self, sql: str) -> Iterator[Result | RunError]:
        """What a query gives on one database after the other, each run as it is asked for, and once."""
        known = self._results.setdefault(sql, [])
        for place, name in enumerate(self._trial.databases[:_MOST_DATABASES]):
            if place == len(known):
                known.append(self._trial.run(sql, name))
            yield known[place]


def _apart(ours: Counter[Any], theirs: Counter[Any]) -> int:
    """How many things one side has more often than the other."""
    return (ours - theirs).total() + (theirs - ours).total()


def _alike(own: object, right: object) -> bool:
    """Whether two values are the same, as far as numbers that were reckoned in another order can be."""
    if own is None or right is None:
        return own is right
    try:
        return math.isclose(float(own), float(right), rel_tol=1e-9)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return own == right

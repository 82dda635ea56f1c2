"""How one database is to be made: the numbers behind each strategy."""

from __future__ import annotations

from dataclasses import dataclass, replace

_SMALL = 12
_LARGE = 120
_MOST_ECHOED = 3
"""Tables of which the rows are doubled in turn."""
_FEW = 5
"""A group of rows without a key is made only up to this size: it takes four times as many rows."""


@dataclass(frozen=True)
class Recipe:
    """A filling made of constellations: one row per table, tied by keys, all conditions met unless said otherwise."""

    name: str
    size: int
    """Number of constellations."""
    missing: float = 0.0
    """How often a table has no row in a constellation (join 0)."""
    double: float = 0.0
    """How often it has two (join 2, fan-out)."""
    flip: float = 0.0
    """How often a value is drawn from the whole pool rather than from those that meet the conditions."""
    nulls: float = 0.0
    """How often a nullable value is NULL."""
    failed: bool = False
    """One conditioned column goes its own way in every constellation, so that a condition may be met nowhere."""
    nulled: float = 0.0
    """How often a single nullable cell of a constellation is NULL, all else as wanted."""
    variety: int = 0
    """Distinct values per column in this database, 0 for no limit; few values make ties and groups."""
    crossed: float = 0.0
    """How often a tie between tables points to another constellation."""
    fan: int = 0
    """Children hang on so few parents only, which makes large groups; 0 spreads them evenly."""
    copied: float = 0.0
    """How often a row repeats another in all but its keys."""
    fresh: float = 0.0
    """How often a value is a new one that no other row has."""
    emptied: str | None = None
    """A table left without rows."""
    bundled: bool = False
    """The columns of one bundle take their values from it."""
    whole: bool = False
    """A bundle's run is taken without a gap, at about the length asked for."""

    composed: bool = False
    """Made of groups that the queries tell apart, not of constellations."""
    twins: bool = False
    """Such groups share some of what they are told apart by."""
    turn: int = 0
    """Which of the compositions, or of the tables."""
    echoed: bool = False
    """The rows of one table stand there twice under other names, with all that refers to them."""

    def fitted(self, run: int) -> Recipe:
        """The recipe with room for every step of a run and one more row, unless it is for a few rows."""
        return replace(self, size=max(self.size, run + 1)) if self.size > _FEW else self


def recipes_of_size(counts: set[int], limits: set[int]) -> tuple[Recipe, ...]:
    """Databases with groups of so many rows as a HAVING turns at, and with more rows than a LIMIT lets through."""
    groups = sorted({n + d for n in counts for d in (-1, 0, 1) if 1 < n + d <= _LARGE})[:9]
    recipes = [Recipe("groups", n, flip=0.1, variety=1, fan=1) for n in groups]
    recipes += [Recipe("groups", n * 2, flip=0.3, variety=2, nulls=0.05, fan=2) for n in groups if n <= _SMALL]
    recipes += [Recipe("groups", n * 4, flip=0.1, nulls=1.0) for n in groups if n <= _FEW]
    for n in sorted(n for n in limits if n <= _LARGE)[:3]:
        recipes.append(Recipe("limit", n + 2, flip=0.1, fresh=0.6))
        if n <= _SMALL:
            recipes.append(Recipe("limit", 2 * n + 4, flip=0.15, fan=n + 2, double=0.2, fresh=0.4))
            recipes.append(Recipe("limit", 3 * n + 3, flip=0.1, fan=n + 2, variety=n + 2, fresh=0.1))
            recipes.append(Recipe("limit", 4 * n + 4, fan=n + 2))
    return tuple(recipes)


def echoes_of(limits: set[int]) -> tuple[Recipe, ...]:
    """Databases in which groups tie where a LIMIT cuts, or a condition on a rank."""
    few = sorted(n for n in limits if n <= _SMALL)[:2]
    sizes = ((n, turn) for n in few for turn in range(_MOST_ECHOED))
    return tuple(Recipe("echo", n + 2, flip=0.1, fresh=0.1, echoed=True, turn=turn) for n, turn in sizes)


BUNDLED = (
    Recipe("bundle", 2, flip=0.2, variety=1, fan=1, bundled=True),
    Recipe("bundle", 6, variety=1, fan=1, bundled=True, whole=True),
    Recipe("bundle", 3, flip=0.1, variety=1, fan=1, bundled=True),
    Recipe("bundle", 10, flip=0.2, variety=2, fan=2, copied=0.15, bundled=True),
    Recipe("bundle", 2, variety=1, fan=1, nulls=0.1, bundled=True),
    Recipe("bundle", 7, variety=1, fan=1, bundled=True, whole=True),
    Recipe("bundle", 8, flip=0.3, variety=2, nulls=0.05, double=0.1, bundled=True),
    Recipe("bundle", 3, variety=1, fan=1, bundled=True),
    Recipe("bundle", 4, nulls=1.0, fan=1, bundled=True),
)
"""Databases for queries with bundles."""

APART = (
    Recipe("apart", 1, nulls=1.0, bundled=True),
    Recipe("apart", 1, bundled=True),
    Recipe("apart", 3, nulls=1.0, bundled=True),
)
"""Databases for columns that are so far apart."""

COMPOSED = Recipe("composed", 0, composed=True)
TWINS = Recipe("twins", 0, composed=True, twins=True)
"""Databases for queries that ask something of groups, each for one composition in turn."""

FORESEEN = Recipe("foreseen", 0, composed=True)
"""Databases for mistakes that are often made in the queries, each for one composition in turn."""


RECIPES = (
    Recipe("witness", 1),
    Recipe("one_row", 1, flip=0.5, nulls=0.1),
    Recipe("small", 2, flip=0.3, variety=2),
    Recipe("join_0_1_2", 4, missing=0.3, double=0.3, flip=0.15, variety=3),
    Recipe("nulls", 4, nulls=0.4, flip=0.2, double=0.1),
    Recipe("nulls", 3, nulled=0.5, variety=2, fan=1),
    Recipe("ties", 6, variety=1, flip=0.6, double=0.2, crossed=0.3, copied=0.4),
    Recipe("flips", 9, flip=0.25, missing=0.05, double=0.1, fan=3),
    Recipe("flips", 2, failed=True),
    Recipe("groups", 7, variety=2, flip=0.2, double=0.3, fan=2, nulls=0.05),
    Recipe("duplicates", 6, variety=2, flip=0.2, copied=0.6, double=0.3, fan=2),
    Recipe("arms", 8, crossed=0.5, fan=3),
    Recipe("random", 9, flip=0.6, nulls=0.15, missing=0.1, double=0.15, crossed=0.4),
    Recipe("small", 3, flip=0.4, nulls=0.15, missing=0.2, double=0.2, variety=2),
    Recipe("flips", 14, flip=0.2, nulls=0.05, missing=0.1, double=0.15, fan=4),
    Recipe("random", 20, flip=0.8, nulls=0.08, missing=0.1, double=0.2, variety=4, fan=5),
    Recipe("one_row", 1, flip=0.3, nulls=0.3, double=0.5),
    Recipe("small", 2, flip=0.5, nulls=0.2, missing=0.3, double=0.3),
    Recipe("nulls", 2, nulled=0.5, variety=1, fan=1),
    Recipe("no_nulls", 5, flip=0.5, missing=0.15, double=0.2, variety=3, crossed=0.3),
    Recipe("ties", 5, variety=2, flip=0.1, copied=0.3, double=0.4, fan=1),
    Recipe("boundary", 12, flip=0.4, missing=0.05, fan=3),
)
"""The strategies in the order in which databases are made; the order repeats with other random numbers."""

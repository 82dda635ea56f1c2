"""Wrong answers that strangers' data long passed for right: ties at a cut, windows and filters, blanks, lists in a text, codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from family_groups import Pair
    from family_schemas import Chain

_AT = "TIMESTAMP '2025-01-05 10:00'"


def _values(*rows: tuple[int, object, object, str, str]) -> str:
    """Rows of (place, whole, exact, moment, kind), their order that of the moments."""
    told = (f"({place}, {whole}, {exact}, {moment}, '{kind}')" for place, whole, exact, moment, kind in rows)
    return f"SELECT * FROM (VALUES {', '.join(told)}) AS t(place, whole, exact, moment, kind)"


def _plain(places: Sequence[int], wholes: Sequence[object], kinds: Sequence[str]) -> str:
    rows = zip(places, wholes, kinds, strict=True)
    return _values(*((p, w, "5.00", f"{_AT} + INTERVAL {n} DAY", k) for n, (p, w, k) in enumerate(rows)))


def tied(chain: Chain, rng: random.Random) -> Pair:
    """So many rows where those that tie with the last belong to them, or the other way of ranking."""
    (middle, key, label), fact, kind = chain.middle, chain.fact[0], chain.kinds[0]
    count = rng.choice((1, 2, 3))
    value = rng.choice(
        (
            f"SUM({chain.whole})",
            f"SUM(CASE WHEN {chain.kind} = '{kind}' THEN {chain.whole} * {chain.exact} ELSE {chain.whole} END)",
            "COUNT(*)",
            f"SUM({chain.whole} * {chain.exact})",
        )
    )
    name = f"{label} || {key}" if rng.random() < 0.5 else label
    source = f"FROM {fact} JOIN {middle} USING ({key}) GROUP BY {key}, {label}"

    def ranked(function: str) -> str:
        inner = f"SELECT {name} AS name, {function}() OVER (ORDER BY {value} DESC) AS place {source}"
        return f"SELECT name FROM ({inner}) AS t WHERE place <= {count}"

    limited = f"SELECT {name} AS name {source} ORDER BY {value} DESC LIMIT {count}"
    if count > 1 and rng.random() < 0.4:
        wrong, each = ranked("DENSE_RANK"), [90, 90, 80, 70, 60, 50]
    else:
        wrong, each = (
            limited,
            [*(90 - place for place in range(1, count)), 70, 70, 70, *(60 - place for place in range(4))][:6],
        )
    return ranked("RANK"), wrong, _plain(range(1, 7), each, [kind] * 6)


def sifted(chain: Chain, rng: random.Random) -> Pair:
    """A filter before a window for one after it."""
    fact, key, whole, at, bound = *chain.fact, chain.whole, chain.moment, rng.randint(3, 40)
    condition = rng.choice(
        (f"{whole} < {bound}", f"{chain.kind} LIKE '{chain.kinds[0][:2]}%'", f"{at} < DATE '2025-01-07'")
    )
    part = rng.choice(("", f"PARTITION BY {chain.middle[1]} "))
    window = rng.choice(
        (
            f"ROW_NUMBER() OVER ({part}ORDER BY {at}, {key})",
            f"LAG({whole}) OVER ({part}ORDER BY {at}, {key})",
            f"AVG({whole}) OVER ({part.strip()})",
            f"COUNT(*) OVER ({part.strip()})",
        )
    )
    right = f"SELECT {key}, {window} AS made FROM {fact} WHERE {condition}"
    inner = f"SELECT *, {window} AS made FROM {fact}"
    kinds = [*chain.kinds[1:3], chain.kinds[0], chain.kinds[1], chain.kinds[0]]
    return right, f"SELECT {key}, made FROM ({inner}) AS t WHERE {condition}", _plain([1] * 5, [90, 1, 2, 50, 1], kinds)


def single(chain: Chain, rng: random.Random) -> Pair:
    """The value before a bound for all below it."""
    fact, key, whole, bound = *chain.fact, chain.whole, rng.randint(4, 60)
    right, wrong = rng.choice(
        ((f"{whole} < {bound}", f"{whole} = {bound - 1}"), (f"{whole} > {bound}", f"{whole} = {bound + 1}"))
    )
    other = rng.choice(("", f" AND {chain.kind} = '{chain.kinds[0]}'"))
    asked = rng.choice(
        (
            f"SELECT {key} FROM {fact} WHERE {{}}{other}",
            f"SELECT COUNT(*) FROM {fact} WHERE {{}}{other}",
            f"SELECT {chain.kind}, MAX({whole}) FROM {fact} WHERE {{}}{other} GROUP BY {chain.kind} HAVING MAX({whole}) > -5",
        )
    )
    wholes = [bound - 3, bound - 1, bound, bound + 1, bound + 4]
    return asked.format(right), asked.format(wrong), _plain([1] * 5, wholes, [chain.kinds[0]] * 5)


def in_a_list(chain: Chain, rng: random.Random) -> Pair:
    """A text searched where it is to be split and its parts compared, or parts counted as rows."""
    fact, key, kind, word = *chain.fact, chain.kind, str(rng.randint(1, 9))
    parts = f"SELECT {key}, TRIM(part) AS part FROM {fact}, UNNEST(STRING_SPLIT({kind}, ',')) AS u(part)"
    right, wrong = rng.choice(
        (
            (
                f"SELECT DISTINCT {key} FROM ({parts}) AS t WHERE part = '{word}'",
                f"SELECT {key} FROM {fact} WHERE {kind} LIKE '%{word}%'",
            ),
            (
                f"SELECT part, COUNT(DISTINCT {key}) FROM ({parts}) AS t GROUP BY part",
                f"SELECT part, COUNT(*) FROM ({parts}) AS t GROUP BY part",
            ),
            (
                f"SELECT {key} FROM ({parts}) AS t WHERE part = '{word}'",
                f"SELECT DISTINCT {key} FROM ({parts}) AS t WHERE part = '{word}'",
            ),
            (
                f"SELECT part, COUNT(*) FROM ({parts}) AS t GROUP BY part",
                f"SELECT {kind}, COUNT(*) FROM {fact} GROUP BY {kind}",
            ),
            (
                f"SELECT COUNT(*) FROM ({parts}) AS t WHERE part = '{word}'",
                f"SELECT COUNT(*) FROM {fact} WHERE ', ' || {kind} || ',' LIKE '%, {word},%'",
            ),
        )
    )
    return right, wrong, _plain([1, 1, 2], [1, 2, 3], [f"{word}, {word}", f"1{word}, 3", "x"])


def blank(chain: Chain, rng: random.Random) -> Pair:
    """A group all of whose rows are blank in what WHERE asks about."""
    fact, key, whole, bound = chain.fact[0], rng.choice((chain.middle[1], chain.kind)), chain.whole, rng.randint(2, 30)
    right, wrong = rng.choice(
        (
            (
                f"COUNT(CASE WHEN {whole} > {bound} THEN 1 END) AS n FROM {fact}",
                f"COUNT(*) AS n FROM {fact} WHERE {whole} > {bound}",
            ),
            (f"COUNT({whole}) AS n FROM {fact}", f"COUNT(*) AS n FROM {fact} WHERE {whole} IS NOT NULL"),
            (f"SUM({whole}) AS n FROM {fact}", f"SUM({whole}) AS n FROM {fact} WHERE {whole} IS NOT NULL"),
            (f"MAX({whole}) AS n FROM {fact}", f"COALESCE(MAX({whole}), 0) AS n FROM {fact}"),
            (
                f"COUNT(*) AS n FROM {fact} WHERE {whole} <> {bound}",
                f"COUNT(*) AS n FROM {fact} WHERE {whole} <> {bound} OR {whole} IS NULL",
            ),
        )
    )
    rows = _plain([1, 1, 2, 2], ["NULL", "NULL", bound + 1, bound + 2], [*[chain.kinds[0]] * 2, *[chain.kinds[1]] * 2])
    return f"SELECT {key}, {right} GROUP BY {key}", f"SELECT {key}, {wrong} GROUP BY {key}", rows


def not_in(chain: Chain, rng: random.Random) -> Pair:
    """NOT IN over a list that may hold a blank for one that may not."""
    (middle, key, _), fact, whole = chain.middle, chain.fact[0], chain.whole
    where = rng.choice(("", f" WHERE {chain.kind} = '{chain.kinds[0]}'"))
    right = f"SELECT {key} FROM {middle} WHERE {key} NOT IN (SELECT {whole} FROM {fact}{where})"
    more = f"{where} AND " if where else " WHERE "
    wrong = rng.choice(
        (
            f"SELECT {key} FROM {middle} WHERE {key} NOT IN (SELECT {whole} FROM {fact}{more}{whole} IS NOT NULL)",
            f"SELECT {key} FROM {middle} AS m WHERE NOT EXISTS (SELECT 1 FROM {fact} AS f{more}f.{whole} = m.{key})",
        )
    )
    return (right, wrong, _plain([1, 2], [2, "NULL"], [chain.kinds[0]] * 2))


def stand_in(chain: Chain, rng: random.Random) -> Pair:
    """A value that stands in for blanks and may be there by itself."""
    fact, key, whole, number = *chain.fact, chain.whole, rng.choice((0, -1, 9, 99, 999))
    right, wrong = rng.choice(
        (
            (
                f"SELECT {key}, {whole} IS NULL AS b FROM {fact}",
                f"SELECT {key}, COALESCE({whole}, {number}) = {number} AS b FROM {fact}",
            ),
            (
                f"SELECT {whole}, COUNT(*) FROM {fact} GROUP BY {whole}",
                f"SELECT NULLIF(COALESCE({whole}, {number}), {number}), COUNT(*) FROM {fact} GROUP BY 1",
            ),
            (
                f"SELECT COUNT({whole}) FROM {fact}",
                f"SELECT SUM(CASE WHEN COALESCE({whole}, {number}) <> {number} THEN 1 ELSE 0 END) FROM {fact} HAVING COUNT(*) > 0 OR TRUE",
            ),
            (
                f"SELECT {key} FROM {fact} WHERE {whole} IS NULL",
                f"SELECT {key} FROM {fact} WHERE COALESCE({whole}, {number}) = {number}",
            ),
        )
    )
    return right, wrong, _plain([1, 1, 2], [number, "NULL", 5], [chain.kinds[0]] * 3)


def codes(chain: Chain, rng: random.Random) -> Pair:
    """A code that a CHECK lists, spelled otherwise or left out of a list."""
    fact, key, kind = *chain.fact, chain.kind
    one, other, third = rng.sample(chain.kinds, 3)
    right, wrong = rng.choice(
        (
            (f"{kind} = '{one}'", f"{kind} = '{one.upper()}'"),
            (f"{kind} <> '{one}'", f"{kind} <> '{one.title()}'"),
            (f"{kind} <> '{one}'", f"{kind} IN ('{other}', '{third}')"),
            (f"{kind} IN ('{one}', '{other}')", f"{kind} = '{one}'"),
            (f"{kind} LIKE '{one[:2]}%'", f"{kind} LIKE '{one[:2].upper()}%'"),
        )
    )
    asked = rng.choice((f"SELECT {key} FROM {fact} WHERE {{}}", f"SELECT COUNT(*) FROM {fact} WHERE {{}}"))
    return asked.format(right), asked.format(wrong), _plain([1] * len(chain.kinds), [1] * len(chain.kinds), chain.kinds)


def made_of_others(chain: Chain, rng: random.Random) -> Pair:
    """Columns that CHECKs make of others, in conditions and groups."""
    fact, key, whole, at = *chain.fact, chain.whole, chain.moment
    year, day = rng.choice((2023, 2024, 2025)), f"DATE '2025-01-{rng.randint(10, 28)}'"
    right, wrong = rng.choice(
        (
            (f"SELECT {key} FROM {fact} WHERE year_of = {year}", f"SELECT {key} FROM {fact} WHERE year_of >= {year}"),
            (
                f"SELECT day_of, SUM({whole}) FROM {fact} GROUP BY day_of",
                f"SELECT day_of, MAX({whole}) FROM {fact} GROUP BY day_of",
            ),
            (f"SELECT COUNT(*) FROM {fact} WHERE day_of <= {day}", f"SELECT COUNT(*) FROM {fact} WHERE {at} <= {day}"),
            (
                f"SELECT year_of, COUNT(*) FROM {fact} GROUP BY year_of",
                f"SELECT year_of, COUNT(*) FROM {fact} GROUP BY year_of, day_of",
            ),
            (
                f"SELECT day_of, COUNT(DISTINCT {chain.kind}) FROM {fact} GROUP BY 1",
                f"SELECT day_of, COUNT(*) FROM {fact} GROUP BY 1",
            ),
        )
    )
    moments = (
        f"{day} + INTERVAL 9 HOUR",
        f"{day} + INTERVAL 10 HOUR",
        f"{day} - INTERVAL 30 DAY",
        "TIMESTAMP '2026-05-05'",
        f"TIMESTAMP '{year}-06-01'",
    )
    rows = (
        (1, number, "5.00", f"CAST({moment} AS TIMESTAMP)", chain.kinds[0]) for number, moment in enumerate(moments, 1)
    )
    return right, wrong, _values(*rows)


def without_keys(chain: Chain, rng: random.Random) -> Pair:
    """Rows that are alike in everything, and matches that are more than one."""
    (middle, key, _), fact, whole, kind = chain.middle, chain.fact[0], chain.whole, chain.kind
    right, wrong = rng.choice(
        (
            (f"SELECT {kind}, {whole} FROM {fact}", f"SELECT DISTINCT {kind}, {whole} FROM {fact}"),
            (
                f"SELECT COUNT(*) FROM {fact} WHERE {key} IN (SELECT {key} FROM {middle})",
                f"SELECT COUNT(*) FROM {fact} JOIN {middle} USING ({key})",
            ),
            (
                f"SELECT {kind}, SUM({whole}) FROM {fact} GROUP BY 1",
                f"SELECT {kind}, SUM(DISTINCT {whole}) FROM {fact} GROUP BY 1",
            ),
            (
                f"SELECT {kind}, {whole}, RANK() OVER (PARTITION BY {kind} ORDER BY {whole}) FROM {fact}",
                f"SELECT {kind}, {whole}, DENSE_RANK() OVER (PARTITION BY {kind} ORDER BY {whole}) FROM {fact}",
            ),
            (f"SELECT COUNT(*) FROM {fact}", f"SELECT COUNT(DISTINCT {chain.fact[1]}) FROM {fact}"),
        )
    )
    twice = f"INSERT INTO {fact} SELECT * FROM {fact}; INSERT INTO {middle} SELECT * FROM {middle}"
    return right, wrong, f"{_plain([1, 1, 2], [3, 3, 4], [chain.kinds[0]] * 3)}\x00{twice}"


def any_of(chain: Chain, rng: random.Random) -> Pair:
    """Any value of a group where a certain one is meant."""
    fact, whole, kind, key = chain.fact[0], chain.whole, chain.kind, chain.middle[1]
    group, value = rng.choice(((kind, whole), (key, whole), (key, kind), (key, chain.moment)))
    certain = rng.choice((f"MIN({value})", f"MAX({value})"))
    wrong = rng.choice((f"ANY_VALUE({value})", f"FIRST({value})", f"LAST({value})"))
    base = f"SELECT {group}, {{}} FROM {fact} GROUP BY {group}"
    return (
        base.format(certain),
        base.format(wrong),
        _plain([1, 1, 1], [2, 1, 3], [chain.kinds[1], chain.kinds[0], chain.kinds[2]]),
    )


def counted_as_well(chain: Chain, rng: random.Random) -> Pair:
    """A sum met exactly under a bound for the largest value and one for the rows."""
    fact, key, whole = chain.fact[0], chain.middle[1], chain.whole
    total = rng.randint(20, 60) * rng.choice((2, 5))
    most, count = total * 3 // 4, rng.choice((2, 3, 4))
    base = f"SELECT {key} FROM {fact} GROUP BY {key} HAVING SUM({whole}) {{}} {total} AND MAX({whole}) {{}} {most} AND COUNT(*) >= {count}"
    right, wrong = rng.choice(((">", "<"), (">", "<="))), rng.choice(((">=", "<"), (">", "<=")))
    wrong = wrong if wrong != right else (">=", right[1])
    part = total // 4
    places = [1] * 4 + [2] * 4 + [3] * 4
    wholes = [
        part,
        part,
        part,
        total - 3 * part,
        most,
        total // 3,
        total // 3,
        1,
        part,
        part,
        part,
        total - 3 * part + 1,
    ]
    return base.format(*right), base.format(*wrong), _plain(places, wholes, [chain.kinds[0]] * 12)

"""Wrong answers that groups tell apart: doubled values, and conditions on several aggregates at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

    from family_schemas import Chain


Pair = tuple[str, str, str]
"""The right query, the wrong one, a SELECT of (place, whole, exact, moment, kind) for rows that tell them apart."""


def rows_of_groups(chain: Chain, *groups: tuple[str, ...]) -> str:
    """Rows for groups that hold these kinds, each group under a middle key of its own."""
    moment = "TIMESTAMP '2025-01-05 10:00'"
    rows = [f"({place}, 5, 5.00, {moment}, '{kind}')" for place, kinds in enumerate(groups, 1) for kind in kinds]
    return f"SELECT * FROM (VALUES {', '.join(rows)}) AS t(place, whole, exact, moment, kind)"


def doubled(chain: Chain, rng: random.Random) -> Pair:
    """Rows counted where different values are meant."""
    wanted = rng.sample(chain.kinds, rng.choice((2, 3)))
    count = len(wanted)
    listed = ", ".join(f"'{kind}'" for kind in wanted)
    base = f"SELECT {chain.middle[1]} FROM {chain.fact[0]} WHERE {chain.kind} IN ({listed}) GROUP BY {chain.middle[1]} HAVING "
    right = f"{base}COUNT(DISTINCT {chain.kind}) = {count}"
    wrong = rng.choice(
        (f"{base}COUNT(*) = {count}", f"{base}COUNT(*) >= {count}", f"{base}COUNT({chain.kind}) = {count}")
    )
    return right, wrong, rows_of_groups(chain, (wanted[0],) * count, tuple(wanted), (*wanted, wanted[0]))


def cased(chain: Chain, rng: random.Random) -> Pair:
    """One count over both values for one count each."""
    one, other = rng.sample(chain.kinds, 2)
    base = f"SELECT {chain.middle[1]} FROM {chain.fact[0]} GROUP BY {chain.middle[1]} HAVING "

    def count(kind: str) -> str:
        return f"SUM(CASE WHEN {chain.kind} = '{kind}' THEN 1 ELSE 0 END)"

    right = f"{base}{count(one)} > 0 AND {count(other)} > 0"
    wrong = rng.choice(
        (
            f"{base}SUM(CASE WHEN {chain.kind} IN ('{one}', '{other}') THEN 1 ELSE 0 END) >= 2",
            f"{base}COUNT(CASE WHEN {chain.kind} IN ('{one}', '{other}') THEN 1 END) = 2",
            f"{base}SUM(CASE {chain.kind} WHEN '{one}' THEN 1 WHEN '{other}' THEN 2 ELSE 0 END) = 3",
            f"{base}SUM(CASE {chain.kind} WHEN '{one}' THEN 1 WHEN '{other}' THEN 10 ELSE 0 END) >= 11",
            f"{base}{count(one)} = 1 AND {count(other)} = 1",
            f"{base}{count(one)} > 0 OR {count(other)} > 0",
        )
    )
    groups = ((one, one), (one, one, one), (one, other), (one, other, other), (one,) * 11, (other, other))
    return right, wrong, rows_of_groups(chain, *groups)


def exactly(chain: Chain, rng: random.Random) -> Pair:
    """A value too many in the group."""
    wanted = rng.sample(chain.kinds, 2)
    extra = next(kind for kind in chain.kinds if kind not in wanted)
    listed = ", ".join(f"'{kind}'" for kind in sorted(wanted))
    base = f"SELECT {chain.middle[1]} FROM {chain.fact[0]} GROUP BY {chain.middle[1]} HAVING "
    both = f"COUNT(DISTINCT CASE WHEN {chain.kind} IN ({listed}) THEN {chain.kind} END) = 2"
    right = f"{base}COUNT(DISTINCT {chain.kind}) = 2 AND {both}"
    low, high = sorted(wanted)
    wrong = rng.choice(
        (
            f"{base}{both}",
            f"{base}COUNT(*) = 2 AND {both}",
            f"{base}MIN({chain.kind}) = '{low}' AND MAX({chain.kind}) = '{high}'",
            f"{base}COUNT(DISTINCT {chain.kind}) = 2",
            (
                f"SELECT {chain.middle[1]} FROM {chain.fact[0]} WHERE {chain.kind} IN ({listed}) GROUP BY {chain.middle[1]} "
                f"HAVING COUNT(DISTINCT {chain.kind}) = 2"
            ),
        )
    )
    groups = (
        (*wanted, extra),
        tuple(wanted),
        (*wanted, wanted[1]),
        (wanted[0], extra),
        (wanted[1], extra),
        (wanted[0],),
    )
    return right, wrong, rows_of_groups(chain, *groups)


def never(chain: Chain, rng: random.Random) -> Pair:
    """A row of the value left out instead of the group."""
    one, other = rng.sample(chain.kinds, 2)
    base = f"SELECT {chain.middle[1]} FROM {chain.fact[0]} "
    group = f"GROUP BY {chain.middle[1]} "
    right = f"{base}{group}HAVING SUM(CASE WHEN {chain.kind} = '{one}' THEN 1 ELSE 0 END) = 0"
    wrong = rng.choice(
        (
            f"{base}WHERE {chain.kind} <> '{one}' {group}",
            f"{base}{group}HAVING bool_or({chain.kind} <> '{one}')",
            f"{base}{group}HAVING SUM(CASE WHEN {chain.kind} = '{one}' THEN 1 ELSE 0 END) <= 1",
            f"{base}{group}HAVING MIN({chain.kind}) <> '{one}'",
        )
    )
    return right, wrong, rows_of_groups(chain, (one, other), (one,), (other,), (other, one, one))


def once(chain: Chain, rng: random.Random) -> Pair:
    """Exactly one row, one value, at least one."""
    one = rng.choice(chain.kinds)
    base = (
        f"SELECT {chain.middle[1]} FROM {chain.fact[0]} WHERE {chain.kind} = '{one}' GROUP BY {chain.middle[1]} HAVING "
    )
    all_kinds = f"SELECT {chain.middle[1]} FROM {chain.fact[0]} GROUP BY {chain.middle[1]} HAVING "
    right, wrong = rng.choice(
        (
            (f"{base}COUNT(*) = 1", f"{base}COUNT(DISTINCT {chain.kind}) = 1"),
            (f"{base}COUNT(*) > 1", f"{base}COUNT(*) > 2"),
            (f"{all_kinds}COUNT(DISTINCT {chain.kind}) = 1", f"{all_kinds}COUNT(*) = 1"),
            (f"{all_kinds}COUNT(DISTINCT {chain.kind}) >= 3", f"{all_kinds}COUNT({chain.kind}) >= 3"),
            (f"{all_kinds}COUNT(*) > COUNT(DISTINCT {chain.kind})", f"{all_kinds}COUNT(*) > 1"),
        )
    )
    other = next(kind for kind in chain.kinds if kind != one)
    return right, wrong, rows_of_groups(chain, (one,), (one, one), (one,) * 3, (one, other), (one, one, other))


def rows_of_values(*groups: tuple[tuple[float, float], ...]) -> str:
    """Rows for groups of (whole, exact), each under a middle key of its own."""
    rows = [
        f"({place}, {int(whole)}, {exact}, TIMESTAMP '2025-01-05 10:00', 'x')"
        for place, group in enumerate(groups, 1)
        for whole, exact in group
    ]
    return f"SELECT place, whole, CAST(exact AS DECIMAL(8, 2)) AS exact, moment, kind FROM (VALUES {', '.join(rows)}) AS t(place, whole, exact, moment, kind)"


def in_parts(total: int, count: int, below: int, rng: random.Random) -> tuple[int, ...]:
    """So many positive numbers below a bound that add up to the total."""
    for _ in range(200):
        cuts = sorted(rng.sample(range(1, total), count - 1)) if count > 1 else []
        parts = tuple(b - a for a, b in zip((0, *cuts), (*cuts, total), strict=True))
        if max(parts) < below:
            return parts
    return (total,)


def grouped_query(chain: Chain, having: str, *, top: bool = False) -> str:
    if top:
        return (
            f"SELECT m.{chain.top[1]} FROM {chain.fact[0]} AS f JOIN {chain.middle[0]} AS m ON m.{chain.middle[1]} = f.{chain.middle[1]} "
            f"GROUP BY m.{chain.top[1]} HAVING {having}"
        )
    return f"SELECT {chain.middle[1]} FROM {chain.fact[0]} GROUP BY {chain.middle[1]} HAVING {having}"


def sum_and_max(chain: Chain, rng: random.Random) -> Pair:
    total, most = rng.randint(40, 400), rng.randint(12, 90)
    count = total // most + rng.randint(2, 3)
    parts = in_parts(total, count, most, rng)
    x = chain.whole
    right = f"SUM({x}) > {total} AND MAX({x}) < {most}"
    wrong = rng.choice((f"SUM({x}) >= {total} AND MAX({x}) < {most}", f"SUM({x}) > {total} AND MAX({x}) <= {most}"))
    if rng.random() < 0.5:
        right, wrong = wrong, right
    top = rng.random() < 0.3
    edge = ((most, 1), *((part, 1) for part in parts))
    groups = rows_of_values(tuple((part, 1) for part in parts)), rows_of_values(edge)
    return (
        grouped_query(chain, right, top=top),
        grouped_query(chain, wrong, top=top),
        groups[0] if f">= {total}" in right + wrong else groups[1],
    )


def count_and_mean(chain: Chain, rng: random.Random) -> Pair:
    count, mean = rng.randint(2, 8), rng.choice((3, 3.5, 4, 10, 12.5, 20))
    x = rng.choice((chain.whole, chain.exact))
    right, wrong = rng.choice(
        (
            (f"COUNT(*) >= {count} AND AVG({x}) > {mean}", f"COUNT(*) >= {count} AND AVG({x}) >= {mean}"),
            (f"COUNT(*) >= {count} AND AVG({x}) < {mean}", f"COUNT(*) >= {count} AND AVG({x}) <= {mean}"),
            (f"COUNT(*) > {count} AND AVG({x}) >= {mean}", f"COUNT(*) >= {count} AND AVG({x}) >= {mean}"),
            (f"COUNT({x}) >= {count} AND AVG({x}) <= {mean}", f"COUNT({x}) >= {count} OR AVG({x}) <= {mean}"),
        )
    )
    low, high = int(mean), 2 * mean - int(mean)
    even = ((low, low), (high, high)) * ((count + 2) // 2)
    exactly = (even * 2)[:count] if count % 2 == 0 else ((mean, mean), *even[: count - 1])
    return grouped_query(chain, right), grouped_query(chain, wrong), rows_of_values(even, exactly, ((low, low),))


def spread(chain: Chain, rng: random.Random) -> Pair:
    far, least, x = rng.randint(5, 90), rng.randint(2, 30), chain.whole
    right, wrong = rng.choice(
        (
            (f"MAX({x}) - MIN({x}) > {far}", f"MAX({x}) - MIN({x}) >= {far}"),
            (f"MAX({x}) - MIN({x}) > {far} AND COUNT(*) >= 3", f"MAX({x}) - MIN({x}) >= {far} AND COUNT(*) >= 3"),
            (f"MIN({x}) >= {least} AND MAX({x}) <= {least + far}", f"MIN({x}) >= {least} AND MAX({x}) < {least + far}"),
            (f"MIN({x}) >= {least} AND MAX({x}) <= {least + far}", f"MIN({x}) > {least} AND MAX({x}) <= {least + far}"),
        )
    )
    return (
        grouped_query(chain, right),
        grouped_query(chain, wrong),
        rows_of_values(((least, 1), (least + 1, 1), (least + far, 1))),
    )


def two_sums(chain: Chain, rng: random.Random) -> Pair:
    n, m, x, y = rng.randint(10, 200), rng.randint(5, 60), chain.whole, chain.exact
    right, wrong = rng.choice(
        (
            (f"SUM({x}) > {n} AND SUM({y}) < {m}", f"SUM({x}) >= {n} AND SUM({y}) < {m}"),
            (f"SUM({x}) > {n} AND SUM({y}) < {m}", f"SUM({x}) > {n} AND SUM({y}) <= {m}"),
            (f"SUM({x}) - SUM({y}) >= {n}", f"SUM({x}) - SUM({y}) > {n}"),
            (f"SUM({x}) >= {n} AND COUNT(*) <= 4", f"SUM({x}) > {n} AND COUNT(*) <= 4"),
            (f"SUM({x} * {y}) >= {n * m}", f"SUM({x} * {y}) > {n * m}"),
            (f"SUM({x}) > {n} AND SUM({x}) < {n + m}", f"SUM({x}) > {n} AND SUM({x}) <= {n + m}"),
            (f"SUM({x}) * 1.0 / COUNT(*) >= {m}", f"SUM({x}) * 1.0 / COUNT(*) > {m}"),
        )
    )
    half = n // 2
    groups = (
        ((half, 1), (n - half, 1)),
        ((n, m - 1), (n, 1)),
        ((n + 1, 0.5), (m, m + 0.5)),
        ((n, m),),
        ((n + m - 1, 1), (1, 1)),
        ((m, 1), (m, 1)),
        ((n + m, m),),
    )
    return grouped_query(chain, right), grouped_query(chain, wrong), rows_of_values(*groups)


def natural(chain: Chain, rng: random.Random) -> Pair:
    """A count one too small behind natural joins."""
    count = rng.randint(3, 12)
    tables = f"{chain.top[0]} NATURAL JOIN {chain.middle[0]} NATURAL JOIN {chain.fact[0]}"
    label = rng.choice((chain.top[2], chain.middle[2]))
    if rng.random() < 0.5:
        tables += f" NATURAL JOIN {chain.detail[0]}"
    query = f"SELECT {label} FROM {tables} GROUP BY {label} HAVING COUNT(*) > {{}}"
    if rng.random() < 0.3:
        query = query.replace("COUNT(*)", f"COUNT({chain.fact[1]})")
    right, wrong = (count, count - 1) if rng.random() < 0.5 else (count - 1, count)
    return query.format(right), query.format(wrong), rows_of_values(((3, 3),) * count)


def grouping(chain: Chain, rng: random.Random) -> Pair:
    """A grouping column missing behind joins and a HAVING: names that two rows share."""
    count, x = rng.randint(2, 6), chain.whole
    joins = (
        f"{chain.detail[0]} AS d JOIN {chain.fact[0]} AS f ON f.{chain.fact[1]} = d.{chain.fact[1]} "
        f"JOIN {chain.middle[0]} AS m ON m.{chain.middle[1]} = f.{chain.middle[1]} JOIN {chain.top[0]} AS t ON t.{chain.top[1]} = m.{chain.top[1]}"
    )
    having = rng.choice(
        (f"COUNT(*) >= {count}", f"SUM(f.{x}) > {count * 5}", f"COUNT(*) >= {count} AND AVG(f.{x}) >= 4")
    )
    label = f"m.{chain.middle[2]}"
    right = f"SELECT {label} FROM {joins} GROUP BY m.{chain.middle[1]}, {label} HAVING {having}"
    wrong = f"SELECT {label} FROM {joins} GROUP BY {label} HAVING {having}"
    if rng.random() < 0.4:
        right, wrong = (query.replace(f"SELECT {label}", f"SELECT {label}, COUNT(*) AS n") for query in (right, wrong))
    group = ((6, 6),) * ((count + 1) // 2 + (1 if "SUM" in having else 0))
    return right, wrong, rows_of_values((), group, group)

"""Wrong answers of three families over ten schemas that are not the course's: how many are refuted?

    python bench/families.py [--cases 200] [--seed 1] [--workers 2] [--family NAME] [--show] [--out FILE]

Each case is a right query, a wrong one and rows on which they differ; a pair whose rows show no difference is dropped.
- boundary: a condition on something made of a column turns one step too early or too late;
- doubled: a group in which a value stands twice passes for one that holds several;
- joint: conditions on several aggregates at once, counts behind natural joins, a missing grouping column.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
from family_schemas import CHAINS, Chain

if TYPE_CHECKING:
    from collections.abc import Callable

Pair = tuple[str, str, str]
"""The right query, the wrong one, a SELECT of (place, whole, exact, moment, kind) for rows that tell them apart."""


@dataclass(frozen=True)
class Case:
    """One wrong answer."""

    family: str
    form: str
    chain: Chain
    solution: str
    answer: str


def main() -> None:
    """Make the cases, judge them, print how many of each family are refuted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--family", default="")
    parser.add_argument("--show", action="store_true", help="print what was accepted")
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    cases = [c for family in FAMILIES if chosen.family in family for c in made(family, chosen.cases, chosen.seed)]
    with ProcessPoolExecutor(chosen.workers) as pool:
        answers = list(pool.map(judged, cases, chunksize=4))
    report(cases, answers, show=chosen.show)
    if chosen.out:
        chosen.out.write_text("".join(json.dumps(each) + "\n" for each in answers), encoding="utf-8")


def judged(case: Case) -> dict[str, Any]:
    """The judge's answer to one case."""
    from sqlgrade import judge_line

    line = {"id": f"{case.family}/{case.form}/{case.chain.name}", "schema": case.chain.ddl}
    return judge_line({**line, "solutions": [case.solution], "answer": case.answer})


def report(cases: list[Case], answers: list[dict[str, Any]], *, show: bool) -> None:
    """One line a family, one for each form that is not all refuted."""
    told = Counter((case.family, answer["verdict"]) for case, answer in zip(cases, answers, strict=True))
    for family in dict.fromkeys(case.family for case in cases):
        count = sum(number for (name, _), number in told.items() if name == family)
        times = sorted(a["elapsed_ms"] for c, a in zip(cases, answers, strict=True) if c.family == family)
        refuted = told[family, "refuted"]
        print(
            f"{family}: {refuted} of {count} refuted, {refuted / count:.1%}; p50 {times[count // 2]} ms, p95 {times[int(count * 0.95)]} ms"
        )
    missed: dict[str, list[Case]] = defaultdict(list)
    for case, answer in zip(cases, answers, strict=True):
        if answer["verdict"] != "refuted":
            missed[f"{case.family} {case.form} {answer['verdict']} {answer.get('message', '')}"].append(case)
    for form, those in sorted(missed.items()):
        print(f"   {form}: {len(those)}")
        for case in those if show else ():
            print(f"      {case.chain.name}\n        {case.solution}\n        {case.answer}")


def made(family: str, count: int, seed: int) -> list[Case]:
    """So many different cases of a family, the forms and schemas in turn."""
    rng = random.Random(f"{family}/{seed}")
    found: dict[tuple[str, str, str], Case] = {}
    for number in range(count * 20):
        if len(found) >= count:
            break
        chain = CHAINS[number % len(CHAINS)]
        form = FAMILIES[family][(number // len(CHAINS)) % len(FAMILIES[family])]
        solution, answer, rows = form(chain, rng)
        if differs(chain, solution, answer, rows):
            found[chain.name, solution, answer] = Case(family, form.__name__.strip("_"), chain, solution, answer)
    return list(found.values())


def differs(chain: Chain, solution: str, answer: str, rows: str) -> bool:
    """Tell whether the rows tell two queries apart."""
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(chain.ddl + chain.rows(rows))
        results = [sorted(map(repr, connection.execute(query).fetchall())) for query in (solution, answer)]
    return results[0] != results[1]


# boundary


def _shapes(chain: Chain, rng: random.Random) -> tuple[str, str, int | float]:
    """Something made of the whole or the exact column, the rows that go through its values, a bound that it reaches."""
    n, m = rng.choice((2, 3, 4, 5, 7, 12, 60, 100)), rng.randint(2, 40)
    whole, exact = chain.whole, chain.exact
    dense = "SELECT 1 AS place, i AS whole, 1.5 AS exact, TIMESTAMP '2025-01-05 10:00' AS moment, 'x' AS kind FROM range(-300, 6000) r(i)"
    fine = (
        "SELECT 1, 7, CAST(i / 100.0 AS DECIMAL(8, 2)), TIMESTAMP '2025-01-05 10:00', 'x' FROM range(-2000, 30000) r(i)"
    )
    fine = (
        fine.replace("SELECT 1, 7,", "SELECT 1 AS place, 7 AS whole,")
        .replace("2)),", "2)) AS exact,")
        .replace("'x'", "'x' AS kind")
    )
    fine = fine.replace("10:00',", "10:00' AS moment,")
    return rng.choice(
        [
            (f"{whole} / {n}", dense, m),
            (f"{whole} // {n}", dense, m),
            (f"{whole} * {n}", dense, n * m),
            (f"{whole} + {n}", dense, n + m),
            (f"{n * m} - {whole}", dense, m),
            (f"{whole} * 2 + {n}", dense, 2 * m + n),
            (f"({whole} - {n}) / {n}", dense, m),
            (f"FLOOR({whole} / {n})", dense, m),
            (f"CEIL({whole} / {n})", dense, m),
            (f"ROUND({whole} / {n})", dense, m),
            (f"CAST({whole} / {n} AS INTEGER)", dense, m),
            (f"ABS({whole} - {m})", dense, n),
            (f"{exact} * 1.1", fine, round(m * 1.1, 1)),
            (f"{exact} / {n}", fine, m if m * n < 290 else 2),
            (f"ROUND({exact})", fine, m),
            (f"CAST({exact} AS INTEGER)", fine, m),
            (f"FLOOR({exact} * 10)", fine, m),
            (f"{exact} - {n / 4}", fine, m),
        ]
    )


def _conditions(made: str, bound: float, rng: random.Random) -> tuple[str, str]:
    """A condition, and the same with a bound taken in or left out, or half a step off."""
    far = bound + rng.choice((1, 2, 5, 10))
    pairs = [
        (f"{made} > {bound}", f"{made} >= {bound}"),
        (f"{made} < {bound}", f"{made} <= {bound}"),
        (f"{made} >= {bound} AND {made} < {far}", f"{made} BETWEEN {bound} AND {far}"),
        (f"{made} >= {bound}", f"{made} >= {bound + 1}"),
        (f"{made} = {bound}", f"{made} = {far}"),
        (f"NOT {made} <= {bound}", f"NOT {made} < {bound}"),
    ]
    pair = rng.choice(pairs)
    return pair if rng.random() < 0.5 else (pair[1], pair[0])


def _numbers(chain: Chain, rng: random.Random) -> Pair:
    shape, rows, bound = _shapes(chain, rng)
    right, wrong = _conditions(shape, bound, rng)
    place = rng.choice(_PLACES)
    return place.format(c=chain, condition=right), place.format(c=chain, condition=wrong), rows


def _named(chain: Chain, rng: random.Random) -> Pair:
    """The same under a name that an inner query gives."""
    shape, rows, bound = _shapes(chain, rng)
    right, wrong = _conditions("made", bound, rng)
    inner = f"SELECT {chain.fact[1]}, {chain.kind}, {shape} AS made FROM {chain.fact[0]}"
    outer = rng.choice(
        (
            f"WITH t AS ({inner}) SELECT {chain.fact[1]} FROM t WHERE {{}}",
            f"SELECT {chain.kind}, COUNT(*) FROM ({inner}) AS t WHERE {{}} GROUP BY {chain.kind}",
            f"WITH t AS ({inner}) SELECT CASE WHEN {{}} THEN 'in' ELSE 'out' END AS b, COUNT(*) FROM t GROUP BY b",
        )
    )
    return outer.format(right), outer.format(wrong), rows


def _moments(chain: Chain, rng: random.Random) -> Pair:
    at, day, hours = chain.moment, f"2025-0{rng.randint(1, 9)}-{rng.randint(10, 28)}", rng.randint(1, 11)
    hour, days = rng.randint(1, 22), rng.randint(2, 60)
    shape, bound = rng.choice(
        [
            (f"CAST({at} AS DATE)", f"DATE '{day}'"),
            (f"{at} + INTERVAL {hours} HOUR", f"TIMESTAMP '{day} 00:00:00'"),
            (f"CAST({at} + INTERVAL {hours} HOUR AS DATE)", f"DATE '{day}'"),
            (f"{at} - INTERVAL {hours} HOUR", f"TIMESTAMP '{day} 05:00:00'"),
            (f"EXTRACT(hour FROM {at})", str(hour)),
            (f"EXTRACT(hour FROM {at} + INTERVAL {hours} HOUR)", str(hour)),
            (f"EXTRACT(month FROM {at})", str(rng.randint(2, 11))),
            (f"EXTRACT(day FROM {at})", str(rng.randint(2, 27))),
            (f"date_trunc('month', {at})", f"DATE '{day[:8]}01'"),
            (f"date_trunc('week', {at})", f"date_trunc('week', DATE '{day}')"),
            (f"date_diff('day', {at}, TIMESTAMP '{day} 12:00:00')", str(days)),
            (f"date_diff('hour', TIMESTAMP '{day} 12:00:00', {at})", str(days)),
            (f"CAST({at} AS TIME)", f"TIME '{hour:02}:30:00'"),
        ]
    )
    more, less = rng.choice(((">", ">="), ("<", "<="), (">=", ">"), ("<=", "<")))
    place = rng.choice(_PLACES)
    rows = (
        "SELECT 1 AS place, 7 AS whole, 1.5 AS exact, TIMESTAMP '2024-11-01' + i * INTERVAL 30 MINUTE AS moment, 'x' AS kind "
        "FROM range(0, 19000) r(i)"
    )
    return (
        place.format(c=chain, condition=f"{shape} {more} {bound}"),
        place.format(c=chain, condition=f"{shape} {less} {bound}"),
        rows,
    )


def _two_columns(chain: Chain, rng: random.Random) -> Pair:
    whole, exact = chain.whole, chain.exact
    n, m = rng.randint(2, 12), rng.randint(3, 40)
    shape, bound = rng.choice(
        [
            (f"{whole} * {exact}", n * m),
            (f"{whole} + {exact}", n + m),
            (f"{exact} - {whole}", m),
            (f"{exact} / {whole}", n),
            (f"{whole} * {n} - {exact}", m),
            (f"({whole} + {exact}) / 2", m),
        ]
    )
    right, wrong = _conditions(shape, bound, rng)
    place = rng.choice(_PLACES)
    rows = (
        "SELECT 1 AS place, CAST(i AS INTEGER) AS whole, CAST(j AS DECIMAL(8, 2)) AS exact, TIMESTAMP '2025-01-05 10:00' AS moment, "
        "'x' AS kind FROM range(1, 120) r(i), range(1, 200) s(j)"
    )
    return place.format(c=chain, condition=right), place.format(c=chain, condition=wrong), rows


_PLACES = (
    "SELECT {c.fact[1]} FROM {c.fact[0]} WHERE {condition}",
    "SELECT {c.kind}, COUNT(*) AS n FROM {c.fact[0]} WHERE {condition} GROUP BY {c.kind}",
    "SELECT CASE WHEN {condition} THEN 'a' ELSE 'b' END AS part, COUNT(*) AS n FROM {c.fact[0]} GROUP BY part",
    (
        "SELECT m.{c.middle[2]}, COUNT(*) AS n FROM {c.fact[0]} AS f JOIN {c.middle[0]} AS m ON m.{c.middle[1]} = f.{c.middle[1]} "
        "WHERE {condition} GROUP BY m.{c.middle[2]}"
    ),
    "SELECT {c.middle[1]}, SUM(CASE WHEN {condition} THEN 1 ELSE 0 END) AS n FROM {c.fact[0]} GROUP BY {c.middle[1]}",
    "SELECT COUNT(*) FILTER (WHERE {condition}) AS n FROM {c.fact[0]}",
)


# doubled


def _groups(chain: Chain, *groups: tuple[str, ...]) -> str:
    """Rows for groups that hold these kinds, each group under a middle key of its own."""
    moment = "TIMESTAMP '2025-01-05 10:00'"
    rows = [f"({place}, 5, 5.00, {moment}, '{kind}')" for place, kinds in enumerate(groups, 1) for kind in kinds]
    return f"SELECT * FROM (VALUES {', '.join(rows)}) AS t(place, whole, exact, moment, kind)"


def _doubled(chain: Chain, rng: random.Random) -> Pair:
    """Rows counted where different values are meant."""
    wanted = rng.sample(chain.kinds, rng.choice((2, 3)))
    count = len(wanted)
    listed = ", ".join(f"'{kind}'" for kind in wanted)
    base = f"SELECT {chain.middle[1]} FROM {chain.fact[0]} WHERE {chain.kind} IN ({listed}) GROUP BY {chain.middle[1]} HAVING "
    right = f"{base}COUNT(DISTINCT {chain.kind}) = {count}"
    wrong = rng.choice(
        (f"{base}COUNT(*) = {count}", f"{base}COUNT(*) >= {count}", f"{base}COUNT({chain.kind}) = {count}")
    )
    return right, wrong, _groups(chain, (wanted[0],) * count, tuple(wanted), (*wanted, wanted[0]))


def _cases(chain: Chain, rng: random.Random) -> Pair:
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
    return right, wrong, _groups(chain, *groups)


def _exactly(chain: Chain, rng: random.Random) -> Pair:
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
    return right, wrong, _groups(chain, *groups)


def _never(chain: Chain, rng: random.Random) -> Pair:
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
    return right, wrong, _groups(chain, (one, other), (one,), (other,), (other, one, one))


def _once(chain: Chain, rng: random.Random) -> Pair:
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
    return right, wrong, _groups(chain, (one,), (one, one), (one,) * 3, (one, other), (one, one, other))


# joint


def _values(*groups: tuple[tuple[float, float], ...]) -> str:
    """Rows for groups of (whole, exact), each under a middle key of its own."""
    rows = [
        f"({place}, {int(whole)}, {exact}, TIMESTAMP '2025-01-05 10:00', 'x')"
        for place, group in enumerate(groups, 1)
        for whole, exact in group
    ]
    return f"SELECT place, whole, CAST(exact AS DECIMAL(8, 2)) AS exact, moment, kind FROM (VALUES {', '.join(rows)}) AS t(place, whole, exact, moment, kind)"


def _parts(total: int, count: int, below: int, rng: random.Random) -> tuple[int, ...]:
    """So many positive numbers below a bound that add up to the total."""
    for _ in range(200):
        cuts = sorted(rng.sample(range(1, total), count - 1)) if count > 1 else []
        parts = tuple(b - a for a, b in zip((0, *cuts), (*cuts, total), strict=True))
        if max(parts) < below:
            return parts
    return (total,)


def _grouped(chain: Chain, having: str, *, top: bool = False) -> str:
    if top:
        return (
            f"SELECT m.{chain.top[1]} FROM {chain.fact[0]} AS f JOIN {chain.middle[0]} AS m ON m.{chain.middle[1]} = f.{chain.middle[1]} "
            f"GROUP BY m.{chain.top[1]} HAVING {having}"
        )
    return f"SELECT {chain.middle[1]} FROM {chain.fact[0]} GROUP BY {chain.middle[1]} HAVING {having}"


def _sum_and_max(chain: Chain, rng: random.Random) -> Pair:
    total, most = rng.randint(40, 400), rng.randint(12, 90)
    count = total // most + rng.randint(2, 3)
    parts = _parts(total, count, most, rng)
    x = chain.whole
    right = f"SUM({x}) > {total} AND MAX({x}) < {most}"
    wrong = rng.choice((f"SUM({x}) >= {total} AND MAX({x}) < {most}", f"SUM({x}) > {total} AND MAX({x}) <= {most}"))
    if rng.random() < 0.5:
        right, wrong = wrong, right
    top = rng.random() < 0.3
    edge = ((most, 1), *((part, 1) for part in parts))
    groups = _values(tuple((part, 1) for part in parts)), _values(edge)
    return (
        _grouped(chain, right, top=top),
        _grouped(chain, wrong, top=top),
        groups[0] if f">= {total}" in right + wrong else groups[1],
    )


def _count_and_mean(chain: Chain, rng: random.Random) -> Pair:
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
    return _grouped(chain, right), _grouped(chain, wrong), _values(even, exactly, ((low, low),))


def _spread(chain: Chain, rng: random.Random) -> Pair:
    far, least, x = rng.randint(5, 90), rng.randint(2, 30), chain.whole
    right, wrong = rng.choice(
        (
            (f"MAX({x}) - MIN({x}) > {far}", f"MAX({x}) - MIN({x}) >= {far}"),
            (f"MAX({x}) - MIN({x}) > {far} AND COUNT(*) >= 3", f"MAX({x}) - MIN({x}) >= {far} AND COUNT(*) >= 3"),
            (f"MIN({x}) >= {least} AND MAX({x}) <= {least + far}", f"MIN({x}) >= {least} AND MAX({x}) < {least + far}"),
            (f"MIN({x}) >= {least} AND MAX({x}) <= {least + far}", f"MIN({x}) > {least} AND MAX({x}) <= {least + far}"),
        )
    )
    return _grouped(chain, right), _grouped(chain, wrong), _values(((least, 1), (least + 1, 1), (least + far, 1)))


def _two_sums(chain: Chain, rng: random.Random) -> Pair:
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
    return _grouped(chain, right), _grouped(chain, wrong), _values(*groups)


def _natural(chain: Chain, rng: random.Random) -> Pair:
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
    return query.format(right), query.format(wrong), _values(((3, 3),) * count)


def _grouping(chain: Chain, rng: random.Random) -> Pair:
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
    return right, wrong, _values((), group, group)


FAMILIES: dict[str, tuple[Callable[[Chain, random.Random], Pair], ...]] = {
    "boundary": (_numbers, _named, _moments, _two_columns, _numbers),
    "doubled": (_doubled, _cases, _exactly, _never, _once),
    "joint": (_sum_and_max, _count_and_mean, _spread, _two_sums, _natural, _grouping),
}


if __name__ == "__main__":
    main()

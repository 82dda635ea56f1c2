"""Wrong answers of three families over ten schemas that are not the course's: how many are refuted?

    python bench/families.py [--cases 200] [--seed 1] [--workers 2] [--family NAME] [--show] [--out FILE]

Each case is a right query, a wrong one and rows on which they differ; a pair whose rows show no difference is dropped.
- boundary: a condition on something made of a column turns one step too early or too late;
- doubled: a group in which a value stands twice passes for one that holds several;
- joint: conditions on several aggregates at once, counts behind natural joins, a missing grouping column;
- tied: RANK against LIMIT and DENSE_RANK where a tie stands at the cut;
- sifted: a filter before a window against one after it;
- single: one value for all below a bound;
- listed: a text searched against one that is split;
- blank: a group all of whose rows are blank; not_in: NOT IN over a list with a blank; stand_in: COALESCE's value that is there by itself;
- coded: codes that a CHECK lists; derived: columns that CHECKs make of others; keyless: tables without keys; any: any value of a group.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
from family_groups import (
    Pair,
    cased,
    count_and_mean,
    doubled,
    exactly,
    grouping,
    natural,
    never,
    once,
    spread,
    sum_and_max,
    two_sums,
)
from family_same import (
    any_of,
    blank,
    codes,
    counted_as_well,
    in_a_list,
    made_of_others,
    not_in,
    sifted,
    single,
    stand_in,
    tied,
    without_keys,
)
from family_schemas import CHAINS, Chain

if TYPE_CHECKING:
    from collections.abc import Callable


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
        chain = replace(CHAINS[number % len(CHAINS)], **SCHEMAS.get(family, {}))
        form = FAMILIES[family][(number // len(CHAINS)) % len(FAMILIES[family])]
        solution, answer, rows = form(chain, rng)
        if differs(chain, solution, answer, rows):
            found[chain.name, solution, answer] = Case(family, form.__name__.strip("_"), chain, solution, answer)
    return list(found.values())


def differs(chain: Chain, solution: str, answer: str, rows: str) -> bool:
    """Tell whether the rows tell two queries apart."""
    with duckdb.connect(config={"threads": 1}) as connection:
        values, _, more = rows.partition("\x00")
        connection.execute(chain.ddl + chain.rows(values) + more)
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


# joint


FAMILIES: dict[str, tuple[Callable[[Chain, random.Random], Pair], ...]] = {
    "boundary": (_numbers, _named, _moments, _two_columns, _numbers),
    "doubled": (doubled, cased, exactly, never, once),
    "joint": (sum_and_max, count_and_mean, spread, two_sums, natural, grouping, counted_as_well),
    "tied": (tied,),
    "sifted": (sifted,),
    "single": (single,),
    "listed": (in_a_list,),
    "blank": (blank,),
    "not_in": (not_in,),
    "stand_in": (stand_in,),
    "coded": (codes,),
    "derived": (made_of_others,),
    "keyless": (without_keys,),
    "any": (any_of,),
}
SCHEMAS: dict[str, dict[str, bool]] = {
    "blank": {"nullable": True},
    "not_in": {"nullable": True},
    "stand_in": {"nullable": True},
    "coded": {"coded": True},
    "derived": {"derived": True},
    "keyless": {"keyless": True},
}
"""What is otherwise in the schemas of a family."""


if __name__ == "__main__":
    main()

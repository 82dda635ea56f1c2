"""What one query asks in one of its blocks alone, what decides once it is rounded, ties that may be NULL: data are made for them."""

import pytest

from sqlgrade import judge_line
from sqlgrade.engine.ddl import read_schema
from sqlgrade.engine.runner import Runner
from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack
from sqlgrade.populate import Generator
from sqlgrade.populate.contrasts import differ
from sqlgrade.record import Exercise, RowOrder, Rules, Solution
from sqlgrade.tables.result import Result
from sqlgrade.verdict import Status

DDL = """
CREATE TABLE members (member_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, is_test BOOLEAN NOT NULL);
CREATE TABLE devices (device_id INTEGER PRIMARY KEY, maker VARCHAR NOT NULL, kind VARCHAR NOT NULL CHECK (kind IN ('phone', 'pc')));
CREATE TABLE calls (call_id INTEGER PRIMARY KEY, member_id INTEGER NOT NULL REFERENCES members (member_id),
  device_id INTEGER REFERENCES devices (device_id), began TIMESTAMP NOT NULL, ended TIMESTAMP,
  platform VARCHAR NOT NULL CHECK (platform IN ('ios', 'android', 'web', 'tv')), seconds INTEGER NOT NULL CHECK (seconds > 0));
CREATE TABLE marks (mark_id INTEGER PRIMARY KEY, member_id INTEGER NOT NULL REFERENCES members (member_id),
  given_on DATE NOT NULL, kind VARCHAR NOT NULL, mark INTEGER CHECK (mark BETWEEN 1 AND 5), paid DECIMAL(9, 2) NOT NULL);
CREATE TABLE notes (note_id INTEGER PRIMARY KEY, call_id INTEGER REFERENCES calls (call_id),
  member_id INTEGER NOT NULL REFERENCES members (member_id), code VARCHAR, words INTEGER NOT NULL CHECK (words > 0));
CREATE TABLE guests (guest_id INTEGER PRIMARY KEY, channel VARCHAR NOT NULL, joined TIMESTAMP NOT NULL, verified TIMESTAMP,
  left_at TIMESTAMP, email VARCHAR, is_test BOOLEAN NOT NULL, CHECK (verified >= joined), CHECK (left_at >= joined),
  CHECK ((email IS NULL) = (left_at IS NOT NULL)));
"""
SCHEMA = read_schema(DDL)


def month(number: int, more: str = "") -> str:
    return f"CAST(began + INTERVAL 4 HOUR AS DATE) BETWEEN DATE '2025-0{number}-01' AND DATE '2025-0{number}-28'{more}"


IOS = " AND platform = 'ios'"
PHONE = " AND kind = 'phone'"


def returning(first: str, second: str, table: str = "calls") -> str:
    return (
        f"WITH a AS (SELECT DISTINCT member_id FROM {table} WHERE {first}), "
        f"b AS (SELECT DISTINCT member_id FROM {table} WHERE {second}) "
        "SELECT count(*) AS n, count(b.member_id) AS back FROM a LEFT JOIN b USING (member_id)"
    )


def lost(first: str, second: str) -> str:
    return f"SELECT DISTINCT member_id FROM calls WHERE {first} AND member_id NOT IN (SELECT member_id FROM calls WHERE {second})"


def in_all_three(third: str) -> str:
    parts = (month(1, IOS), month(2, IOS), third)
    return " INTERSECT ".join(f"SELECT member_id FROM calls WHERE {part}" for part in parts)


def by_case(second: str) -> str:
    flags = f"max(CASE WHEN {month(1, IOS)} THEN 1 ELSE 0 END) AS a, max(CASE WHEN {second} THEN 1 ELSE 0 END) AS b"
    return (
        f"SELECT count(*) AS n FROM (SELECT member_id, {flags} FROM calls GROUP BY member_id) t WHERE a = 1 AND b = 1"
    )


def followed(second: str) -> str:
    return (
        f"SELECT j.member_id, count(f.call_id) AS n FROM (SELECT DISTINCT member_id FROM calls WHERE {month(1, IOS)}) j "
        f"LEFT JOIN calls f ON f.member_id = j.member_id AND {second} GROUP BY j.member_id"
    )


PHONES = "calls JOIN devices USING (device_id)"
MEAN = "SELECT member_id FROM marks GROUP BY member_id HAVING count(mark) >= 3 AND {}"
INSIDE = "SELECT member_id FROM (SELECT member_id, {} AS m FROM marks GROUP BY member_id) t WHERE m < 3"
SCORES = (
    "SELECT member_id, count(*) AS n, round({}, {}) AS score FROM marks WHERE mark IS NOT NULL AND kind = 'tea' "
    "GROUP BY member_id ORDER BY {}"
)
SMOOTHED = "(sum(mark) + 20) / (count(*) + 5)"
MINUTES = "SELECT call_id, round(seconds / 60.0, 1) AS minutes FROM calls ORDER BY {}, call_id"
RANKED = (
    "WITH s AS (SELECT member_id, avg(paid) AS m, round(avg(paid), 0) AS r FROM marks GROUP BY member_id) "
    "SELECT member_id, rank() OVER (ORDER BY {} DESC) AS place FROM s"
)
BEST = (
    "WITH s AS (SELECT member_id, {} AS m FROM marks GROUP BY member_id) "
    "SELECT member_id FROM s WHERE m = (SELECT max(m) FROM s)"
)
LEVEL = "SELECT member_id, CASE WHEN {} >= 4 THEN 'high' ELSE 'low' END AS level FROM marks WHERE mark IS NOT NULL GROUP BY member_id"
OF_ALL = "SELECT round(avg(m), 2) AS mean FROM (SELECT {} AS m FROM marks GROUP BY member_id) t"
SHARE = "count(*) FILTER (kind = 'tea') * 1.0 / count(*)"

STEPS = (
    "SELECT count(DISTINCT m.member_id) AS n, count(DISTINCT c.member_id) AS called, count(DISTINCT {}) AS noted "
    "FROM members m LEFT JOIN calls c ON c.member_id = m.member_id LEFT JOIN notes o ON {} WHERE NOT m.is_test"
)
NOTED = (
    "SELECT m.member_id FROM members m WHERE NOT m.is_test AND EXISTS (SELECT 1 FROM calls c WHERE c.member_id = m.member_id "
    f"AND {month(3)} AND c.{{0}} IN (SELECT o.{{0}} FROM notes o))"
)
WORDS = (
    "SELECT c.call_id, sum(o.words) AS words FROM calls c LEFT JOIN notes o ON {} WHERE c.platform = 'tv' GROUP BY 1"
)
MAKERS = "SELECT c.member_id, count(*) AS n FROM calls c {} WHERE c.seconds >= 437 GROUP BY c.member_id"
MARKED = "SELECT member_id, round(avg(mark), 1) AS m FROM marks WHERE kind = 'tea' AND paid = 12.5{} GROUP BY member_id"
WATCHED = (
    "SELECT date_trunc('month', g.joined + INTERVAL 4 HOUR) AS month, count(*) AS n FROM guests g WHERE NOT g.is_test "
    "AND g.channel = 'ad' AND g.joined + INTERVAL 4 HOUR >= TIMESTAMP '2025-07-01' AND {} GROUP BY 1"
)

WRONG = {
    "counted by a key that may be NULL": (
        STEPS.format("CASE WHEN c.call_id IS NOT NULL THEN o.member_id END", "o.member_id = m.member_id"),
        STEPS.format("o.member_id", "o.call_id = c.call_id"),
    ),
    "looked for by a key that may be NULL": (NOTED.format("member_id"), NOTED.format("call_id")),
    "tied by the person, not by the key that may be NULL": (
        WORDS.format("o.call_id = c.call_id"),
        WORDS.format("o.member_id = c.member_id"),
    ),
    "tied by both": (
        WORDS.format("o.member_id = c.member_id"),
        WORDS.format("o.member_id = c.member_id AND o.call_id = c.call_id"),
    ),
    "joined to what need not be there": (
        MAKERS.format(""),
        MAKERS.format("JOIN devices d ON d.device_id = c.device_id"),
    ),
    "tied by a code that may be NULL": (
        "SELECT sum(words) AS words FROM notes JOIN members USING (member_id)",
        "SELECT sum(words) AS words FROM notes o JOIN members m ON m.member_id = o.member_id AND m.name = o.code",
    ),
    "a bound carried over to the column, without its end": (
        WATCHED.format("g.joined <= TIMESTAMP '2025-12-31 20:00' - INTERVAL 21 DAY"),
        WATCHED.format("g.joined + INTERVAL 21 DAY < TIMESTAMP '2025-12-31 20:00'"),
    ),
    "a bound carried over from the column, with its end": (
        WATCHED.format("g.joined + INTERVAL 10 DAY < TIMESTAMP '2025-12-31 20:00'"),
        WATCHED.format("g.joined <= TIMESTAMP '2025-12-31 20:00' - INTERVAL 10 DAY"),
    ),
    "groups in which everything asked for is blank": (MARKED.format(" AND mark IS NOT NULL"), MARKED.format("")),
    "the later month on any platform": (
        returning(month(1, IOS), month(2, IOS)),
        returning(month(1, IOS), month(2)),
    ),
    "the earlier month on any platform": (
        returning(month(1, IOS), month(2, IOS)),
        returning(month(1), month(2, IOS)),
    ),
    "the later month by any kind of device": (
        returning(month(1, PHONE), month(2, PHONE), PHONES),
        returning(month(1, PHONE), month(2), PHONES),
    ),
    "another bound in the later month": (
        returning(month(1, " AND seconds >= 437"), month(2, " AND seconds >= 437")),
        returning(month(1, " AND seconds >= 437"), month(2, " AND seconds > 437")),
    ),
    "fewer values in the later month": (
        returning(month(1, " AND platform <> 'tv'"), month(2, " AND platform <> 'tv'")),
        returning(month(1, " AND platform <> 'tv'"), month(2, " AND platform IN ('ios', 'web')")),
    ),
    "gone if not seen on one platform": (lost(month(1, IOS), month(2)), lost(month(1, IOS), month(2, IOS))),
    "any platform in the last of three months": (in_all_three(month(3, IOS)), in_all_three(month(3))),
    "any platform in one CASE": (by_case(month(2, IOS)), by_case(month(2))),
    "any platform in one ON": (followed(month(2, IOS)), followed(month(2))),
    "a mean rounded before its bound": (MEAN.format("avg(mark) < 3"), MEAN.format("round(avg(mark), 1) < 3")),
    "a mean not rounded before its bound": (MEAN.format("round(avg(mark), 1) >= 3"), MEAN.format("avg(mark) >= 3")),
    "a mean rounded to hundredths": (MEAN.format("avg(mark) < 3"), MEAN.format("3 > round(avg(mark), 2)")),
    "a mean cast to a whole number": (MEAN.format("avg(mark) >= 4"), MEAN.format("CAST(avg(mark) AS INTEGER) >= 4")),
    "a mean raised": (MEAN.format("avg(mark) >= 4"), MEAN.format("ceil(avg(mark)) >= 4")),
    "a whole division": (MEAN.format("sum(mark) / count(mark) > 3"), MEAN.format("sum(mark) // count(mark) > 3")),
    "a share rounded before its bound": (MEAN.format(f"{SHARE} >= 0.3"), MEAN.format(f"round({SHARE}, 2) >= 0.3")),
    "a mean rounded inside, compared outside": (INSIDE.format("avg(mark)"), INSIDE.format("round(avg(mark), 1)")),
    "levels of rounded means": (LEVEL.format("avg(mark)"), LEVEL.format("round(avg(mark), 1)")),
    "sorted by what isn't rounded": (
        SCORES.format(SMOOTHED, 2, "score DESC, member_id"),
        SCORES.format(SMOOTHED, 2, f"{SMOOTHED} DESC, member_id"),
    ),
    "sorted by the number of what is rounded": (
        SCORES.format("avg(mark)", 1, "avg(mark), member_id"),
        SCORES.format("avg(mark)", 1, "3, member_id"),
    ),
    "sorted by what is rounded, then by size": (
        SCORES.format("avg(mark)", 1, "score DESC, n DESC, member_id"),
        SCORES.format("avg(mark)", 1, "avg(mark) DESC, n DESC, member_id"),
    ),
    "rows sorted by what is rounded": (MINUTES.format("minutes DESC"), MINUTES.format("seconds DESC")),
    "a rank of what is rounded": (RANKED.format("r"), RANKED.format("m")),
    "the highest of rounded means": (BEST.format("avg(mark)"), BEST.format("round(avg(mark), 1)")),
    "rounded values told apart": (
        "SELECT count(DISTINCT paid) AS n FROM marks",
        "SELECT count(DISTINCT round(paid, 1)) AS n FROM marks",
    ),
    "rounded, then added up": (
        "SELECT member_id, round(sum(paid), 0) AS s FROM marks GROUP BY member_id",
        "SELECT member_id, sum(round(paid, 0)) AS s FROM marks GROUP BY member_id",
    ),
    "the mean of rounded means": (OF_ALL.format("avg(mark)"), OF_ALL.format("round(avg(mark), 2)")),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_few_databases_are_made_and_on_one_the_queries_differ(name: str) -> None:
    solution, answer = WRONG[name]
    runner = Runner(SCHEMA)
    made = list(Generator(SCHEMA, [answer, solution], runner, seed=5).contrasted(answer, [solution]))
    results = []
    for database in made:
        with runner.loaded(database) as loaded:
            ran = [runner.run(sql, loaded) for sql in (solution, answer)]
        results.append(
            [each.rows if "ORDER BY" in solution else set(each.rows) for each in ran if isinstance(each, Result)]
        )
    runner.close()
    assert differ(answer, [solution], SCHEMA)
    assert len(made) <= 12
    assert any(one != other for one, other in results)


ALIKE = {
    "a period written as bounds": (
        returning(month(1, IOS), month(2, IOS)),
        returning(
            "began >= TIMESTAMP '2024-12-31 20:00' AND began < TIMESTAMP '2025-01-28 20:00'" + IOS,
            "began >= TIMESTAMP '2025-01-31 20:00' AND began < TIMESTAMP '2025-02-28 20:00'" + IOS,
        ),
    ),
    "a column by its number": (
        SCORES.format("avg(mark)", 1, "score DESC, member_id"),
        SCORES.format("avg(mark)", 1, "3 DESC, 1"),
    ),
}


@pytest.mark.parametrize("name", ALIKE)
def test_nothing_is_made_for_the_same_said_otherwise(name: str) -> None:
    solution, answer = ALIKE[name]
    runner = Runner(SCHEMA)
    assert not list(Generator(SCHEMA, [answer, solution], runner).contrasted(answer, [solution]))
    runner.close()


@pytest.mark.parametrize("name", ["gone if not seen on one platform", "sorted by what isn't rounded", "tied by both"])
def test_the_judge_tries_them_before_it_accepts(name: str) -> None:
    solution, answer = WRONG[name]
    order = "as_solution" if "ORDER BY" in solution else "ignored"
    verdict = judge_line({"id": 1, "schema": DDL, "solutions": [solution], "answer": answer, "row_order": order})
    assert verdict["verdict"] == "refuted"


SHALLOW = [
    "the later month on any platform",
    "another bound in the later month",
    "any platform in the last of three months",
    "a mean not rounded before its bound",
    "sorted by what isn't rounded",
    "sorted by the number of what is rounded",
    "rounded, then added up",
]


@pytest.mark.parametrize("name", SHALLOW)
def test_the_pack_tells_mistakes_that_are_often_made_before_any_search(name: str) -> None:
    solution, answer = WRONG[name]
    rules = Rules(RowOrder.AS_SOLUTION if "ORDER BY" in solution else RowOrder.IGNORED)
    pack = build_pack(Exercise("often", DDL, (Solution(solution),), rules=rules))
    assert Judge(shrinks=False).grade(pack, answer).status is Status.REFUTED


@pytest.mark.parametrize("digits", [1, 2])
def test_the_mean_of_prices_rounded_one_by_one_is_refuted_before_any_search(digits: int) -> None:
    ddl = "CREATE TABLE items (id BIGINT PRIMARY KEY, status VARCHAR, price DOUBLE)"
    pack = build_pack(Exercise("mean", ddl, (Solution(f"SELECT round(avg(price), {digits}) AS mean FROM items"),)))
    answer = f"SELECT avg(round(price, {digits})) AS mean FROM items"
    assert Judge(shrinks=False).grade(pack, answer).status is Status.REFUTED
    assert len(pack.databases) == 24


def test_the_same_data_is_made_every_time() -> None:
    solution, answer = WRONG["the later month on any platform"]
    runner = Runner(SCHEMA)
    made = [list(Generator(SCHEMA, [answer, solution], runner).contrasted(answer, [solution])) for _ in range(2)]
    runner.close()
    assert made[0] == made[1]


def test_a_block_that_takes_no_row_leaves_the_rows_to_the_others() -> None:
    nobody = "code = 'a' AND code = 'b'"
    tied, solution = (
        f"SELECT count(*) AS n FROM calls c JOIN notes n ON n.{tie} = c.{tie} WHERE {nobody}"
        for tie in ("call_id", "member_id")
    )
    runner = Runner(SCHEMA)
    made = list(Generator(SCHEMA, [tied, solution], runner).contrasted(tied, [solution]))
    runner.close()
    assert len(made) <= 12


SHOWN = "CREATE TABLE shown (event_id VARCHAR NOT NULL, spot_id INTEGER NOT NULL, is_clicked BOOLEAN NOT NULL, at TIMESTAMP NOT NULL)"
SENT_AGAIN = (
    "SELECT 1 FROM shown GROUP BY event_id HAVING COUNT(DISTINCT spot_id) > 1 OR COUNT(DISTINCT is_clicked) > 1"
)


@pytest.mark.parametrize("weight", [10, 150])
@pytest.mark.parametrize("assume", [(), (SENT_AGAIN,)], ids=["rows by themselves", "rows that are sent again"])
def test_rates_drawn_to_a_mean_are_alike_when_rounded_also_where_rows_of_an_event_share_the_click(
    weight, assume
) -> None:
    rate = f"(SUM(CASE WHEN is_clicked THEN 1 ELSE 0 END) + {weight} * 0.14) / (COUNT(*) + {weight})"
    solution = f"SELECT spot_id, ROUND({rate}, 4) AS score FROM shown GROUP BY spot_id ORDER BY score DESC, spot_id"
    answer = f"WITH s AS (SELECT spot_id, {rate} AS raw FROM shown GROUP BY 1) SELECT spot_id, ROUND(raw, 4) AS score FROM s ORDER BY raw DESC, 1"
    rules = Rules(RowOrder.AS_SOLUTION)
    pack = build_pack(Exercise("drawn", SHOWN, (Solution(solution),), rules=rules, assume=assume))
    assert Judge(shrinks=False).grade(pack, answer).status is Status.REFUTED

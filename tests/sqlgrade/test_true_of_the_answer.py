"""What is said of an answer is true of it: a name that claims more than the trees show gives way to one that claims less."""

import pytest

from sqlgrade.diagnose.classifier import Classifier
from sqlgrade.diagnose.facts.known_values import KnownValues
from sqlgrade.messages import render
from sqlgrade.pack.building import build_pack
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query
from sqlgrade.record import Exercise, Solution

DDL = """
CREATE TABLE people (
  id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, city VARCHAR, grade VARCHAR NOT NULL, age INTEGER, height DOUBLE,
  joined_at TIMESTAMP NOT NULL, is_test BOOLEAN NOT NULL, CHECK (grade IN ('gold', 'silver', 'plain')),
  CHECK (city IN ('Kobe', 'Kyoto'))
);
CREATE TABLE visits (
  id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people (id), yen INTEGER, came_at TIMESTAMP NOT NULL,
  is_paid BOOLEAN NOT NULL, before_id INTEGER REFERENCES visits (id), is_test BOOLEAN NOT NULL
);
"""
SMOOTHED = "SELECT (SUM(CASE WHEN is_paid THEN 1 ELSE 0 END) + 20 * 0.1) / (COUNT(*) + 20) AS s FROM visits"
BESIDE = (
    "SELECT COUNT(DISTINCT p.city) AS a, COUNT(DISTINCT {}) AS b FROM visits v LEFT JOIN people p ON p.id = v.person_id"
)
V, Q = "SELECT id FROM visits WHERE ", "SELECT id FROM people WHERE "
PAIR = "SELECT v.id FROM visits v JOIN people p ON p.id = v.person_id WHERE "
MET = "SELECT p.id, COUNT(v.id) AS n FROM people p LEFT JOIN visits v ON v.person_id = p.id"
MADE = (
    "SELECT p.id FROM people p LEFT JOIN visits v ON v.person_id = p.id LEFT JOIN visits w ON w.id = v.before_id WHERE "
)
SPLIT = "SELECT COUNT(*) FILTER (WHERE is_paid) AS a, SUM(CASE WHEN is_paid THEN yen END) AS b FROM visits"
SOME = "SELECT COUNT(CASE WHEN city = 'Kobe' THEN 1 END) AS n, COUNT(*) AS a FROM people"
EXISTS = "SELECT id FROM people p WHERE EXISTS (SELECT 1 FROM visits v WHERE v.person_id = p.id AND v.is_paid)"
TIED = "SELECT id FROM visits a WHERE EXISTS (SELECT 1 FROM visits b WHERE b.person_id = a.person_id"
CROSSED = "SELECT x.n FROM (SELECT COUNT(*) AS n FROM people p CROSS JOIN visits v"
TESTS = "SELECT COUNT(DISTINCT CASE WHEN is_test THEN 0 ELSE id END) AS n FROM people"
JOINED = "SELECT COUNT(*) AS n FROM people p JOIN visits v ON v.person_id = p.id AND v.is_paid"
MEANS = "SELECT person_id FROM visits GROUP BY person_id HAVING AVG(yen) > 3"
FIRST = "SELECT id FROM visits QUALIFY ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY id) = 1"
PARAMS = "WITH params AS (SELECT DATE '2025-01-01' AS d) SELECT v.id FROM visits v"
TWICE = "SELECT v.id FROM visits v JOIN people a ON a.id = v.person_id JOIN people b ON b.id = v.before_id"
RATES = "SELECT (yen / {1} - 1) * (yen / id - {0}) AS r FROM visits"
PAIRS = "SELECT COUNT(*) AS n FROM (SELECT {0} FROM visits GROUP BY {0} HAVING COUNT(*) > 1) AS d"
FILLED = "WITH s AS (SELECT COALESCE(city, 'none') AS c FROM people) SELECT c FROM s WHERE "
STEP = (
    "WITH s AS (SELECT person_id, COUNT(*) AS n FROM visits GROUP BY person_id) SELECT s.n FROM visits v "
    "JOIN visits w ON w.id = v.before_id JOIN s ON s.person_id = v.person_id"
)
CLOCK = "SELECT CAST(came_at + INTERVAL 9 HOUR - INTERVAL {} HOUR AS DATE) AS d FROM visits"
MONTH = "SELECT date_trunc('month', came_at + INTERVAL 4 HOUR) AS m FROM visits"
NOT_IN = "SELECT id FROM visits WHERE id NOT IN (SELECT before_id FROM visits"
NARROWED = "WITH paid AS (SELECT * FROM visits WHERE is_paid) SELECT SUM(yen) AS s"
DAYS = (
    "WITH a AS (SELECT CAST(came_at AS DATE) AS day, yen FROM visits WHERE is_paid), "
    "days AS (SELECT DISTINCT CAST(came_at AS DATE) AS day FROM visits)"
)
WEEK = f"{DAYS} SELECT d.day, SUM(a.yen) AS y FROM days d LEFT JOIN a ON a.day <= d.day"
SPAN = "a.came_at, b.came_at) AS h FROM visits a JOIN visits b ON b.before_id = a.id"
SAME_DAY = "SELECT v.id FROM visits v JOIN people p ON CAST(p.joined_at AS DATE) = CAST(v.came_at AS DATE)"
BOTH = "SELECT SUM(CASE WHEN is_paid AND yen > 5 THEN 1 ELSE 0 END) AS n FROM visits"
ARMS = "SELECT 'a' AS k, COUNT(*) AS n FROM people"
WEEKEND = V + "EXTRACT(dow FROM came_at) IN (6, 7)"
TOWNS = "SELECT CASE WHEN city = 'Tokyo' THEN 'k' WHEN city IS NULL THEN 'none' ELSE 'other' END AS t FROM people"
SINCE = "WITH params AS (SELECT DATE '2025-01-01' AS d) SELECT v.id"
FORTNIGHT = "CAST(v.came_at AS DATE) BETWEEN q.d AND q.d + INTERVAL 14 DAY"
TOWNS_MET = (
    "WITH k AS (SELECT DISTINCT city FROM people), d AS (SELECT p.city, v.yen FROM visits v JOIN people p ON p.id = v.person_id) "
    "SELECT SUM(d.yen) AS n FROM k LEFT JOIN d ON d.city = k.city"
)
PARTS = (
    "WITH c AS (SELECT id, yen, NTILE(10) OVER (ORDER BY yen) AS tenth FROM visits) "
    "SELECT SUM(CASE WHEN tenth = 1 THEN yen END) AS a, SUM(CASE WHEN tenth = 1 THEN 1 END) AS b FROM c"
)

KOBE = "SELECT CASE WHEN city = 'Kobe' THEN 'k' ELSE {} END AS t FROM people"

TOWN = "SELECT city, {} FROM people{} GROUP BY city{}"

SAID = {
    "no group without such rows stays where HAVING asks for some of them": (TOWN.format("COUNT(*) AS n", "", " HAVING SUM(CASE WHEN age > 20 THEN 1 END) > 2"), TOWN.format("COUNT(*) AS n", " WHERE age > 20", " HAVING SUM(CASE WHEN age > 20 THEN 1 END) > 2"), "filter_missing"),
    "nor is that what is wrong where a count beside it takes the other rows": (TOWN.format("COUNT(*) AS n, AVG(CASE WHEN is_test AND age > 20 THEN 1.0 ELSE 0 END) AS r", "", ""), TOWN.format("COUNT(*) AS n, AVG(CASE WHEN is_test AND age > 20 THEN 1.0 ELSE 0 END) AS r", " WHERE age > 20", ""), "filter_missing"),
    "nor where groups are to stay that have rows of half the condition": (TOWN.format("SUM(CASE WHEN is_test AND age > 20 THEN 1 END) AS n", "", ""), TOWN.format("SUM(CASE WHEN is_test AND age > 20 THEN 1 END) AS n", " WHERE age > 20", ""), "condition_missing"),
    "a condition in ON drops no row of the table before a LEFT JOIN": (MET + " AND v.yen IS NOT NULL GROUP BY p.id", MET + " GROUP BY p.id", "condition_extra"),
    "a condition of a CASE drops no row": ("SELECT CASE WHEN city IS NOT NULL THEN 3 ELSE 0 END AS p FROM people", "SELECT CASE WHEN age <= id THEN 3 ELSE 0 END AS p FROM people", "filled_for_compared"),
    "boundaries of minutes are no length of time either": ("SELECT id FROM visits WHERE date_diff('minute', came_at, TIMESTAMP '2025-01-01') <= 240", "SELECT id FROM visits WHERE TIMESTAMP '2025-01-01' < came_at + INTERVAL 4 HOUR", "minutes_counted"),
    "texts that are compared as larger are not looked for by how they begin where a pattern asks what they hold": (Q + "name >= '3.4'", Q + "name LIKE '%3.4%'", "condition_other"),
    "what each other row shows is its own value, though the right answer has a WHEN for blanks": (KOBE.format("COALESCE(city, 'none')"), KOBE.format("CASE WHEN city IS NULL THEN 'none' ELSE 'other' END"), "else_own_value"),
    "the values let in besides are known of a column whose blanks have got a name": (FILLED + "c NOT IN ('Kobe')", FILLED + "c = 'none'", "all_but_listed_also"),
    "a condition on another table's column of that name says nothing elsewhere": (PAIR + "NOT p.is_test AND NOT v.is_test", PAIR + "NOT p.is_test", "condition_extra"),
    "a factor that is no unit is another number": ("SELECT 1.645 * sqrt(height) AS h FROM people", "SELECT 1.96 * sqrt(height) AS h FROM people", "number_other"),
    "a factor of sixty is a unit": ("SELECT 60 * sqrt(height) AS h FROM people", "SELECT 1 * sqrt(height) AS h FROM people", "times_too_large"),
    "a mean of rates within a calculation is what is wrong, not its other divisor": (RATES.format("AVG(yen / id) OVER ()", "SUM(yen) OVER ()"), RATES.format("SUM(yen) OVER () / SUM(id) OVER ()", "(SELECT SUM(yen) FROM visits)"), "mean_of_rates"),
    "a key that is shown as well is missing from the GROUP BY of a step": (PAIRS.format("person_id"), PAIRS.format("person_id, yen"), "group_missing"),
    "a text may hold both of what is looked for": (Q + "name LIKE '%a%' AND name LIKE '%b%'", Q + "name LIKE '%a%' OR name LIKE '%b%'", "and_for_either"),
    "a value that no row has is not what is wrong with a condition that is not asked for": (Q + "city <> 'Unknown'", "SELECT id FROM people", "blanks_dropped"),
    "an empty text is no blank that was looked for where it is to be left out": (Q + "city <> '' AND age > 3", Q + "NOT is_test AND age > 3", "condition_other"),
    "COUNT(*) is not what is wrong where other columns count the blanks, too": (SOME, f"{SOME} WHERE city IS NOT NULL", "blanks_kept"),
    "an aggregate with the condition in its CASE takes no other rows": (SPLIT, f"{SPLIT} WHERE is_paid", "condition_missing_of"),
    "a comparison is what is false, not its column": ("SELECT COUNT(yen > 5) AS n FROM visits", "SELECT COUNT(yen > 5) AS n FROM visits WHERE yen > 5", "truth_counted"),
    "what a sub-query is compared with has no condition, the table has": (V + "is_paid", V + "is_paid AND yen > (SELECT AVG(yen) FROM visits)", "condition_missing"),
    "two columns of one table tie no tables together": (V + "is_paid", V + "is_paid AND before_id = person_id", "condition_missing"),
    "a query in FROM has no row outside it": (f"{CROSSED}) x", f"{CROSSED} WHERE v.person_id = p.id) x", "join_untied"),
    "a query in brackets that has one tie lacks another": (f"{TIED})", f"{TIED} AND b.before_id = a.id)", "join_untied"),
    "not every row takes part where a join leaves some out": (JOINED, f"{JOINED} WHERE NOT p.is_test", "condition_missing"),
    "nor where a CASE asks for the column": (TESTS, f"{TESTS} WHERE NOT is_test", "condition_missing"),
    "a range that begins twice is not open": (V + "yen > 5", V + "yen > 5 AND yen > 9", "condition_besides"),
    "a column with a condition among others has one": (Q + "(age > 20 OR city = 'Kobe')", Q + "(age > 20 OR city = 'Kobe') AND age < 60", "condition_besides"),
    "dates are not compared by the alphabet": (V + "came_at >= '2025-01-01'", V + "CAST(came_at AS VARCHAR) LIKE '2025-01%'", "condition_other"),
    "nor are columns without any text": (PAIR + "v.came_at > p.joined_at", PAIR + "p.name LIKE 'a%'", "condition_other"),
    "another month is asked for, without its year": (V + "EXTRACT(month FROM came_at) = 7", V + "EXTRACT(month FROM came_at) = 6", "value_other"),
    "a month with its year beside it looks at the year": (
        V + "year(came_at) = 2025 AND month(came_at) = 7",
        V + "year(came_at) = 2025 AND came_at >= TIMESTAMP '2025-07-02' AND came_at < TIMESTAMP '2025-08-01'",
        "condition_other",
    ),
    "a condition of another kind is not the same one on another column": (Q + "grade = 'gold'", Q + "joined_at >= TIMESTAMP '2025-01-01'", "condition_other"),
    "two conditions in place of two others are no pairs": (Q + "grade = 'gold' AND age > 3", Q + "joined_at >= TIMESTAMP '2025-01-01' AND NOT is_test", "condition_other"),
    "what drops the blanks as the right one does is wrong for another reason": (V + "yen IS NOT NULL", V + "yen > 3", "filled_for_compared"),
    "a test for blanks on another table is not the wrong way round": (MADE + "v.id IS NULL", MADE + "w.id IS NULL", "condition_column"),
    "a minute is no other clock": (V + "came_at <= TIMESTAMP '2025-12-31 23:59'", V + "came_at < TIMESTAMP '2026-01-01'", "condition_other"),
    "hours that are added and taken away again are a shift": (CLOCK.format(9), CLOCK.format(5), "clock_behind"),
    "a column of the joined table that may be blank leaves rows out": (MET.replace("v.id", "v.yen") + " GROUP BY p.id", MET + " GROUP BY p.id", "count_leaves_blanks_of"),
    "a CASE looks at its column": ("SELECT COUNT(DISTINCT CASE WHEN is_paid THEN yen END) AS n FROM visits", "SELECT SUM(CASE WHEN is_paid THEN 1 ELSE 0 END) AS n FROM visits", "distinct_merges"),
    "between two bounds of decimals lies more than the bound": (Q + "height > 0.5", Q + "height > 1.5", "value_other"),
    "and between two bounds of a mean": (MEANS, MEANS.replace("3", "4"), "value_other"),
    "a range with both ends is not open": (V + "yen >= 5 AND yen < 9", V + "yen BETWEEN 5 AND 9", "bound_excluded"),
    "hours added once the month is cut are no missing shift": (MONTH.replace(" + INTERVAL 4 HOUR)", ") + INTERVAL 4 HOUR"), MONTH, "cut_before_shift"),
    "no day of the week is the seventh from Sunday": (WEEKEND, WEEKEND.replace("(6, 7)", "(0, 6)"), "weekday_from_sunday"),
    "a condition on the table before the join drops no rows for lack of a match": (f"{MET} WHERE NOT p.is_test GROUP BY p.id", f"{MET} AND NOT p.is_test GROUP BY p.id", "drops_rows_asked"),
    "every row beside every other one keeps none for lack of a match": ("SELECT p.id FROM people p CROSS JOIN visits v", "SELECT p.id FROM people p JOIN visits v ON v.person_id = p.id", "join_untied"),
    "a LEFT JOIN that is to be a FULL one keeps no wrong table": (f"{MET} GROUP BY p.id", f"{MET} GROUP BY p.id".replace("LEFT", "FULL"), "partners_dropped_here"),
    "a RIGHT JOIN keeps the rows of its own table": (f"{MET} GROUP BY p.id".replace("LEFT", "RIGHT"), f"{MET} GROUP BY p.id".replace("LEFT ", ""), "partners_kept_here"),
    "a step that gives the bounds of a period is no needless join": (
        f"{PARAMS} CROSS JOIN params q WHERE CAST(v.came_at AS DATE) BETWEEN q.d AND q.d + INTERVAL 14 DAY",
        f"{PARAMS} WHERE CAST(v.came_at AS DATE) BETWEEN '2025-01-01' AND '2025-01-14'",
        "condition_other",
    ),
    "a step that holds each key once lets no others meet": (STEP, STEP.replace("= v.person_id", "= w.person_id"), "condition_other"),
    "without an aggregate no row takes part in a calculation": ("SELECT CASE WHEN age > 3 THEN 1 ELSE 0 END AS x FROM people", "SELECT CASE WHEN age > 3 THEN 1 END AS x FROM people", "else_value"),
    "with another condition other rows are left to ELSE": ("SELECT CASE WHEN age > 3 THEN 1 ELSE 0 END AS x FROM people", "SELECT CASE WHEN is_test THEN 0 ELSE 1 END AS x FROM people", "calculation_other"),
    "where a WHEN asks for a value that no row has, that is what is wrong": (TOWNS, TOWNS.replace("'other'", "city"), "value_unknown"),
    "a table that only stands in FROM in place of JOIN is there": (
        f"{SINCE} FROM visits v CROSS JOIN params q WHERE {FORTNIGHT}",
        f"{SINCE} FROM params q JOIN visits v ON CAST(v.came_at AS DATE) < q.d + INTERVAL 14 DAY WHERE {FORTNIGHT}",
        "bound_included",
    ),
    "a list of all values lacks none but the blank": (TOWNS_MET, TOWNS_MET.replace("LEFT", "RIGHT"), "blanks_never_meet"),
    "one of some values may lack others": (
        TOWNS_MET.replace("FROM people)", "FROM people WHERE age > 3)"), TOWNS_MET.replace("FROM people)", "FROM people WHERE age > 3)").replace("LEFT", "RIGHT"), "join_side",
    ),
    "another number of a part mends nothing where the parts are made from the other end": (
        PARTS.replace("yen)", "yen DESC)").replace("= 1", "= 10"), PARTS, "parts_turned",
    ),
    "a second condition on the windows is not the one that numbers": (FIRST, f"{FIRST} AND SUM(yen) OVER (PARTITION BY person_id) > 3", "condition_missing"),
    "a pattern that NOT turns lets in more the less it takes": (Q + "name NOT LIKE 'K%'", Q + "name NOT LIKE '%K%'", "pattern_loose"),
    "and is the wrong way round without it": (Q + "name NOT LIKE 'K%'", Q + "name LIKE 'K%'", "condition_inverted"),
    "a list of values to leave out may lack one, too": (Q + "grade NOT IN ('gold')", Q + "grade NOT IN ('gold', 'plain')", "list_lacks"),
    "a blank in the list of NOT IN is no blank that stays": (f"{NOT_IN})", f"{NOT_IN} WHERE before_id IS NOT NULL)", "not_in_null"),
    "<> drops the blanks that IS DISTINCT FROM keeps": (Q + "city <> 'Kobe'", Q + "city IS DISTINCT FROM 'Kobe'", "blanks_dropped"),
    "a truth in a CASE is a condition": (
        "SELECT SUM(CASE WHEN is_test THEN age END) AS s FROM people",
        "SELECT SUM(CASE WHEN NOT is_test THEN age END) AS s FROM people",
        "condition_inverted",
    ),
    "a step that narrows as the block does itself leaves no other rows out": (
        f"{NARROWED} FROM visits WHERE is_paid AND yen > 5",
        f"{NARROWED} FROM paid WHERE yen > 6",
        "table_other",
    ),
    "a step joined from the wrong side drops and repeats no rows": (
        f"{DAYS} SELECT a.day, SUM(a.yen) AS y FROM a LEFT JOIN days d ON d.day = a.day GROUP BY a.day",
        f"{DAYS} SELECT d.day, SUM(a.yen) AS y FROM days d LEFT JOIN a ON d.day = a.day GROUP BY d.day",
        "join_side",
    ),
    "an ON that has one end of a range lacks the other": (f"{WEEK} GROUP BY d.day", f"{WEEK} AND a.day > d.day - 7 GROUP BY d.day", "bound_missing_begins"),
    "one table by another alias is no other table": (
        V + "yen > (SELECT AVG(yen) FROM visits)",
        "SELECT id FROM visits WHERE yen > (SELECT AVG(b.yen) FROM visits b WHERE b.person_id = visits.person_id)",
        "exists_untied",
    ),
    "hours for days are another unit, though both are counted by their ends": (f"SELECT date_diff('hour', {SPAN}", f"SELECT date_diff('day', {SPAN}", "unit_other"),
    "a bound in WHERE is the one that ON lacks, though one is a text and the other a TIMESTAMP": (
        f"{MET} WHERE v.came_at >= '2025-12-01 05:00' GROUP BY p.id",
        f"{MET} AND v.came_at >= TIMESTAMP '2025-12-01 05:00' GROUP BY p.id",
        "filter_in_where",
    ),
    "hours for days in an INTERVAL are another unit, and no other clock": (
        f"{MET} AND v.came_at < p.joined_at + INTERVAL 14 HOUR GROUP BY p.id",
        f"{MET} AND v.came_at < p.joined_at + INTERVAL 14 DAY GROUP BY p.id",
        "unit_other",
    ),
    "rows tied by days of another clock belong together in a way": (SAME_DAY, SAME_DAY.replace("v.came_at", "v.came_at + INTERVAL 9 HOUR"), "clock_unshifted_behind"),
    "a table from which rows are read is not another one where the one before it is lacking": (
        f"{DAYS} SELECT a.day, SUM(a.yen) AS y FROM a GROUP BY a.day",
        f"{DAYS} SELECT d.day, SUM(a.yen) AS y FROM days d LEFT JOIN a ON a.day = d.day GROUP BY d.day",
        "join_missing",
    ),
    "ones added up for the blanks are not lacking in a count of the values": (
        "SELECT COUNT(before_id) AS n FROM visits",
        "SELECT SUM(CASE WHEN before_id IS NULL THEN 1 ELSE 0 END) AS n FROM visits",
        "values_counted",
    ),
    "an arm of UNION without its condition has not got it in a wrong step": (
        f"{ARMS} WHERE is_test UNION ALL SELECT 'b' AS k, COUNT(*) AS n FROM people",
        "SELECT 'b' AS k, COUNT(*) AS n FROM people UNION ALL SELECT 'a' AS k, COUNT(*) AS n FROM people WHERE is_test",
        "condition_missing_of",
    ),
    "AND for OR in a CASE asks for both": (BOTH, BOTH.replace("AND", "OR"), "and_for_either"),
    "a month and a year beside each other are the period of that month": (
        V + "came_at BETWEEN '2024-12-01' AND '2024-12-31'",
        V + "month(came_at) = 12 AND year(came_at) = 2024",
        "last_day_lost",
    ),
    "both ends of a period in ON may be about another column": (
        f"{MET} AND p.joined_at >= '2025-12-01 05:00' AND p.joined_at < '2026-01-01 05:00' GROUP BY p.id",
        f"{MET} AND v.came_at >= '2025-11-30 20:00' AND v.came_at < '2025-12-31 20:00' GROUP BY p.id",
        "condition_column",
    ),
    "a FILTER asks for less than the count before it and this one": (
        "SELECT COUNT(*) FILTER (WHERE age > 20) AS a, COUNT(*) FILTER (WHERE is_test) AS b FROM people",
        "SELECT COUNT(*) FILTER (WHERE age > 20) AS a, COUNT(*) FILTER (WHERE age > 20 AND is_test) AS b FROM people",
        "counted_beside",
    ),
    "values counted before are to be there, whatever the column of that name in another table": (
        BESIDE.format("v.person_id"),
        BESIDE.format("CASE WHEN p.city IS NOT NULL THEN v.person_id END"),
        "counted_beside",
    ),
    "blanks of a column that a step does not take are not still in it": (
        Q + "id NOT IN (SELECT person_id FROM visits)",
        Q + "age NOT IN (SELECT yen FROM visits WHERE yen IS NOT NULL)",
        "condition_other",
    ),
    "a constant that is to be multiplied first is not another number, however the rows are counted": (
        "SELECT (COUNT(CASE WHEN is_paid THEN 1 END) + 0.1) / (COUNT(*) + 20) AS s FROM visits", SMOOTHED, "calculation_unfinished",
    ),
    "and another one is": (
        "SELECT (COUNT(CASE WHEN is_paid THEN 1 END) + 3) / (COUNT(*) + 20) AS s FROM visits", SMOOTHED, "number_other",
    ),
    "and OR for AND is met by one": (BOTH.replace("AND", "OR"), BOTH, "or_for_and"),
}  # fmt: skip


@pytest.fixture(scope="module")
def pack():
    return build_pack(Exercise("x", DDL, (Solution("SELECT id FROM people"),)))


@pytest.mark.parametrize("claim", SAID)
def test_a_name_claims_no_more_than_the_answer_shows(claim, pack):
    answer, repaired, mistake = SAID[claim]
    named = Classifier(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack)).name(repaired)
    assert named is not None
    assert named.mistake.key == mistake
    for lang in ("ja", "en"):  # with everything that the sentences speak of
        assert render(f"mistake.{mistake}.said", {"place": "SELECT", **named.mistake.params}, lang)


@pytest.mark.parametrize("condition", ["is_paid IS NOT TRUE", "is_paid IS DISTINCT FROM TRUE"])
def test_a_quote_holds_the_whole_condition(condition, pack):
    answer = V + condition
    named = Classifier(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack)).name(V + "yen > 3")
    assert named.mistake.params["condition"] == condition


def test_a_table_that_is_read_twice_goes_by_what_the_query_calls_it(pack):
    answer = f"{TWICE} WHERE NOT a.is_test"
    named = Classifier(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack)).name(
        f"{answer} AND NOT b.is_test"
    )
    assert (named.mistake.key, named.mistake.params["table"]) == ("condition_missing_of", "b")


def test_a_table_that_a_query_looks_into_already_is_asked_once_more(pack):
    """A second EXISTS on one table is missing, though there is a condition on that table."""
    other = " AND NOT EXISTS (SELECT 1 FROM visits v WHERE v.person_id = p.id AND NOT v.is_paid)"
    named = Classifier(Query(EXISTS, SchemaColumns.of(pack.schema)), EXISTS, KnownValues(pack)).name(EXISTS + other)
    assert (named.mistake.key, named.mistake.params["table"]) == ("condition_on_table", "visits")


def test_a_value_that_stands_right_in_a_case_besides_is_what_the_when_means():
    """Rows that were made up never show all names there may be; the one asked for is among them."""
    exercise = Exercise("y", DDL, (Solution("SELECT name FROM people"),), pools={"people.name": ("Ken", "Mei")})
    pack = build_pack(exercise)
    answer = "SELECT CASE WHEN name = 'Kenn' THEN 'k' ELSE 'other' END AS t FROM people"
    mended = answer.replace("'other'", "CASE WHEN name = 'Ken' THEN 'k' ELSE 'other' END")
    named = Classifier(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack)).name(mended)
    assert (named.mistake.key, named.mistake.params["near"]) == ("value_near", "Ken")


@pytest.mark.parametrize(("joined", "place"), [("CROSS JOIN visits v", "JOIN"), (", visits v", "WHERE")])
def test_where_there_is_no_on_the_tie_is_looked_for_at_the_cross_join_or_in_where(pack, joined, place):
    """A CROSS JOIN, or a comma, has no ON that could be looked at."""
    answer = f"SELECT p.id, v.yen FROM people p {joined}"
    classifier = Classifier(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack))
    named = classifier.name(f"{answer} WHERE v.person_id = p.id")
    assert (named.mistake.key, named.mistake.part) == ("join_untied", place)


def test_a_tie_that_an_on_lacks_is_looked_for_there_though_a_table_is_crossed_before(pack):
    answer = "SELECT p.id FROM visits w CROSS JOIN people p LEFT JOIN visits v ON v.yen = w.yen"
    classifier = Classifier(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack))
    named = classifier.name(f"{answer} AND v.person_id = p.id")
    assert (named.mistake.key, named.mistake.part) == ("join_untied", "ON")

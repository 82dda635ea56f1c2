"""Which of several names is said is decided by what the records declare, and by nothing else: not by the order of the rules."""

import ast
import random
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
import test_lookalikes

from coursebook import load_course
from coursebook.kind import AnswerForm
from sqlgrade.diagnose.classifier import Classifier
from sqlgrade.diagnose.facts.known_values import KnownValues
from sqlgrade.diagnose.mistakes import KNOWN, choosing, comparing, computing
from sqlgrade.diagnose.mistakes.examples import examples, schema
from sqlgrade.diagnose.mistakes.record import EVERY
from sqlgrade.diagnose.mistakes.rule import CONDITION_RULES, RULES
from sqlgrade.engine.ddl import read_schema
from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack
from sqlgrade.parse import parsed
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query
from sqlgrade.record import Exercise, NearMiss, Solution

PAIRS = tomllib.loads((Path(__file__).parent / "pairs.toml").read_text(encoding="utf-8"))["pair"]
SHOWN = SimpleNamespace(
    shows_blank=lambda *_: True, matters=lambda *_: True, tells_apart=lambda *_: False, mends=lambda _: False
)
"""A proof by which whatever is put into a part's place shows, and two of them never differ."""


NEEDED = (
    (
        "WITH s AS (SELECT id, yen FROM visits) SELECT id FROM s",
        "WITH s AS (SELECT id, yen, ROW_NUMBER() OVER (ORDER BY yen, id) AS place FROM visits) SELECT id FROM s WHERE place > 4",
        "qualify_missing",
    ),
    (
        "SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY yen) AS m FROM visits",
        "SELECT MEDIAN(yen) AS m FROM visits",
        "middle_is_smaller",
    ),
    (
        "SELECT id, SUM(yen) OVER (ORDER BY id rows between unbounded preceding and 1 preceding) AS n FROM visits",
        "SELECT id, SUM(yen) OVER (ORDER BY id) AS n FROM visits",
        "frame_ends_early",
    ),
    (
        "SELECT id, yen < 5 AS is_small FROM visits",
        "SELECT id, yen <= 5 AS is_small FROM visits",
        "bound_excluded",
    ),
    (
        "SELECT COUNT(*) FILTER (WHERE city IS NULL) AS n FROM people",
        "SELECT COUNT(city) AS n FROM people",
        "blank_inverted",
    ),
    (
        "SELECT id FROM people WHERE RIGHT(city, 3) = 'shi'",
        "SELECT id FROM people WHERE city LIKE '%-shi'",
        "pattern_loose",
    ),
    (
        "SELECT id FROM people WHERE grade IN ('gold')",
        "SELECT id FROM people WHERE grade <> 'plain'",
        "list_lacks",
    ),
    (
        "SELECT p.id FROM people p LEFT JOIN visits v ON v.person_id = p.id WHERE v.id > 3 OR v.id IS NULL",
        "SELECT p.id FROM people p LEFT JOIN visits v ON v.person_id = p.id WHERE p.id > 3",
        "condition_column",
    ),
    (
        "SELECT id, AVG(yen) OVER (ORDER BY id) AS m FROM visits WHERE yen > 10",
        "SELECT id, AVG(yen) OVER (ORDER BY id) AS m FROM visits QUALIFY yen BETWEEN 10 AND 20",
        "filter_beside_window",
    ),
    (
        "SELECT id FROM visits WHERE EXTRACT(dow FROM came_at) IN (6, 7)",
        "SELECT id FROM visits WHERE EXTRACT(isodow FROM came_at) IN (6, 7)",
        "weekday_from_sunday",
    ),
    (
        "SELECT COUNT(CASE WHEN grade = 'Gold' THEN 1 END) AS n FROM people",
        "SELECT COUNT(CASE WHEN grade = 'gold' THEN 1 END) AS n FROM people",
        "value_case",
    ),
    (
        "SELECT p.id FROM people p JOIN people q ON p.city = q.city",
        "SELECT p.id FROM people p JOIN people q ON p.city IS NOT DISTINCT FROM q.city",
        "blanks_never_meet",
    ),
)
"""Answers that some rule alone names, with its name."""


@pytest.fixture(scope="module")
def packs():
    """What a name needs of a pack, by the schema: no data."""
    right = (Solution("SELECT id FROM visits WHERE year(came_at) = 2024"),)
    market = load_course().exercise("L1-01").sqlgrade
    found = {}
    for name, each in (("people", Exercise("x", schema(), right)), ("marketplace", market)):
        tables = read_schema(each.ddl, each.assume, each.fixed)
        found[name] = SimpleNamespace(schema=tables, exercise=each, databases=())
    return found


@pytest.fixture
def said(monkeypatch):
    """Every mistake that any rule names, as all of them are asked, and each set of names that was chosen from."""
    everything, choices, rules_heard = set(), [], set()

    def choose(rules, find):
        named = {rule.name: find(rule) for rule in list(rules)}
        rules_heard.update(rule for rule, each in named.items() if each is not None)
        found = [each for each in named.values() if each is not None]
        everything.update(each.key for each in found)
        choices.append({each.mistake for each in found})
        return chosen(rules, lambda rule: named[rule.name])  # no rule is asked twice

    chosen = choosing.choose
    for module in (choosing, comparing, computing):
        monkeypatch.setattr(module, "choose", choose)
    return SimpleNamespace(everything=everything, choices=choices, rules=rules_heard)


def name(answer, right, pack, proof=None):
    named = Classifier(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack), proof).name(right)
    return named.mistake if named is not None else None


def declared():
    return {(mistake.key, before.key) for mistake in KNOWN.values() for before in mistake.before}


def goes(then, key):
    return then in (EVERY, key, KNOWN[key].alike)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['first']} < {pair['then']}")
def test_of_two_names_the_one_that_is_declared_to_go_first_is_said(pair, packs, said):
    found = name(pair["answer"], pair["right"], packs[pair["schema"]], SHOWN if pair.get("shown") else None)
    assert found.key == pair["first"]
    assert any(goes(pair["then"], key) for key in said.everything - {pair["first"]}), said.everything


def test_every_declared_pair_has_an_answer_that_shows_both():
    assert {(pair["first"], pair["then"]) for pair in PAIRS} == declared()
    assert all(then == EVERY or any(goes(then, key) for key in KNOWN) for _, then in declared())
    assert all(before.because for mistake in KNOWN.values() for before in mistake.before)


def test_no_two_names_each_go_before_the_other():
    assert [(a.key, b.key) for a in KNOWN.values() for b in KNOWN.values() if a.precedes(b) and b.precedes(a)] == []


def cases(packs):
    """Answers with a mistake that tests and course know: what each is, the answer, a right one, the pack. Of an exercise each fourth."""
    people = packs["people"]
    for key, each in examples().items():
        if each.shown_by == "texts":
            yield key, each.wrong, each.right, people
    for claim, (answer, right, _) in test_lookalikes.SURER.items():
        yield claim, answer, right, people
    for lesson in load_course().lessons:
        for each in lesson.exercises:
            if each.kind.answer is not AnswerForm.QUERY or not each.solutions:
                continue
            asked = each.sqlgrade
            pack = SimpleNamespace(schema=packs["marketplace"].schema, exercise=asked, databases=())
            for near in asked.near_misses[::4]:
                if parsed(near.sql) is not None:
                    yield f"{each.id} {near.name}", near.sql, asked.solutions[0].sql, pack


def test_no_known_answer_has_two_names_of_which_neither_goes_first_and_a_shuffle_changes_none(packs, said):
    undecided, told = {}, {}
    for case, answer, right, pack in cases(packs):
        said.choices.clear()
        told[case] = name(answer, right, pack)
        for names in said.choices:
            if names and not any(all(one is each or one.precedes(each) for each in names) for one in names):
                undecided[case] = sorted(each.key for each in names)
    assert undecided == {}
    kept = RULES[:], CONDITION_RULES[:]
    try:
        random.Random(28).shuffle(RULES)
        random.Random(28).shuffle(CONDITION_RULES)
        shuffled = {case: name(answer, right, pack) for case, answer, right, pack in cases(packs)}
    finally:
        RULES[:], CONDITION_RULES[:] = kept
    plain = [
        {case: each and (each.key, each.part, each.params) for case, each in all_.items()} for all_ in (told, shuffled)
    ]
    assert {case for case in plain[0] if plain[0][case] != plain[1][case]} == set()
    assert len(told) > 500


@pytest.mark.parametrize(("answer", "right", "told"), NEEDED)
def test_what_one_rule_alone_names(answer, right, told, packs):
    assert name(answer, right, packs["people"]).key == told


def test_each_rule_is_needed_it_names_something_of_a_known_answer(packs, said):
    for pair in PAIRS:
        name(pair["answer"], pair["right"], packs[pair["schema"]], SHOWN if pair.get("shown") else None)
    for answer, right in [(each.wrong, each.right) for each in examples().values() if each.shown_by == "texts"]:
        name(answer, right, packs["people"])
    for answer, right, _ in (*test_lookalikes.SURER.values(), *NEEDED):
        name(answer, right, packs["people"])
    assert {rule.name for rule in (*RULES, *CONDITION_RULES)} - said.rules == set()


def test_a_name_that_says_where_alone_comes_after_what_the_author_foresaw():
    """Also where a repair says so of a near miss: L9-10 `hour-of-reply`, L12-06 `cost-of-caught` and `cost-of-everyone`."""
    pack = build_pack(
        Exercise(
            "hours",
            schema(),
            (Solution("SELECT id, yen * 2500 AS cost FROM visits"),),
            near_misses=(NearMiss("of-people", "SELECT id, person_id * 2500 AS cost FROM visits", "E25", "SELECT"),),
        )
    )
    found = Judge().grade(pack, "SELECT id, person_id * 2500 AS cost FROM visits", deep=True).findings[0]
    assert (found.near_miss, found.mistake, found.author_first) == ("of-people", "column_in_calculation", True)
    assert {each.key for each in KNOWN.values() if each.is_general and not each.author_first} == set()


def compared_with_names(tree):
    """Where a name is asked for by its key: `x.mistake == "…"`, `x.mistake in …`, and lists of such keys."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(isinstance(each, ast.Attribute) and each.attr == "mistake" for each in sides):
                yield ast.unparse(node)
        if isinstance(node, ast.Set | ast.Tuple | ast.List | ast.Dict):
            listed = [each.value for each in ast.walk(node) if isinstance(each, ast.Constant)]
            if sum(each in KNOWN for each in listed) > 2:
                yield ast.unparse(node)
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and sum(w in KNOWN for w in node.value.split()) > 2
        ):
            yield node.value


def test_the_classroom_asks_for_no_mistake_by_its_name():
    root = Path(__file__).resolve().parents[2] / "jupyter_config" / "classroom"
    found = {
        path.name: list(compared_with_names(ast.parse(path.read_text(encoding="utf-8")))) for path in root.rglob("*.py")
    }
    assert {name: each for name, each in found.items() if each} == {}
    assert list(compared_with_names(ast.parse('x.mistake in {"no_where", "blanks_kept", "numerator"}')))

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from sqlglot import exp

import sqlgrade
from coursebook import Course, CourseError, fillings, load_course
from coursebook.exercise import LessonExercise
from coursebook.fillings import usable_fillings
from coursebook.kinds.alert import AlertRecord
from coursebook.location import course_root
from marketplace import wordings
from sqlgrade.engine.checker import violations
from sqlgrade.engine.ddl import read_schema
from sqlgrade.engine.handmade import read_filling
from sqlgrade.parse import parsed

ROOT = Path(__file__).parents[2]


def test_a_checkout_reads_the_course_beside_the_package() -> None:
    assert course_root() == ROOT / "course"


def test_a_wheel_reads_the_course_inside_the_package(tmp_path: Path) -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    for package in wheel["packages"]:
        shutil.copytree(ROOT / package, tmp_path / Path(package).name)
    for source, target in wheel["force-include"].items():
        copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
        (tmp_path / target).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / source, tmp_path / target)
    program = "import coursebook; c = coursebook.load_course(); print(c.root, c.exercise('L1-07').id, len(c.lessons))"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(tmp_path / "coursebook" / "content"), "L1-07", str(len(load_course().lessons))]


def test_one_exercise_is_found_however_its_id_is_written(sample: Course) -> None:
    assert sample.exercise("l1-2") is sample.exercise("L1-02")


@pytest.mark.parametrize("name", ["L1-99", "L9-01", "nonsense"])
def test_an_unknown_exercise_is_a_key_error(sample: Course, name: str) -> None:
    with pytest.raises(KeyError):
        sample.exercise(name)


def test_a_folder_without_course_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"course\.toml"):
        load_course(tmp_path)


def test_one_broken_exercise_leaves_the_others_usable(tmp_path: Path, sample: Course) -> None:
    shutil.copytree(sample.root, tmp_path / "course")
    (tmp_path / "course/lessons/01-sample/exercises/04-newest/exercise.toml").write_text("id = ", encoding="utf-8")
    course = load_course(tmp_path / "course")
    assert course.exercise("L1-02").kind.letter == "W"
    assert [each.code for each in course.problems] == ["toml_unreadable"]


def test_the_judge_gets_the_query_without_its_chart_and_the_shared_fillings(sample: Course) -> None:
    handed = sample.exercise("L1-07").sqlgrade
    assert "%chart" not in handed.solutions[0].sql
    assert [each.name for each in handed.near_misses] == ["utc-hour"]
    assert len(handed.databases) == 1
    assert handed.rules.column_names == ("business_hour", "talks")


def test_the_courses_fillings_keep_the_marketplaces_constraints_and_promises() -> None:
    course = load_course()
    schema = course.schema
    tables = read_schema(schema.ddl, schema.rules, schema.fixed_tables)
    exercises = [exercise for lesson in course.lessons for exercise in lesson.exercises]
    own = {script for each in exercises for script in (*each.lesson_databases, *_fillings(each))}
    assert len(schema.fillings) >= 4
    for script in (*schema.fillings, *sorted(own)):
        assert violations(tables, read_filling(tables, script)) == [], script.splitlines()[0]


def _fillings(exercise: LessonExercise) -> tuple[str, ...]:
    """The exercise's own scripts, that of an alert's nights once a run."""
    alert = exercise.record.table(AlertRecord)
    if alert is None:
        return exercise.databases
    return tuple(each.replace("{run}", str(run)) for each in exercise.databases for run in alert.runs)


def test_a_right_answer_may_take_its_days_from_the_calendar() -> None:
    exercise = load_course().exercise("L5-03")
    answer = """
        SELECT c.business_date, COUNT(DISTINCT g.guest_id) AS nuu
        FROM calendar AS c
        JOIN guests AS g ON CAST(g.registered_at_utc + INTERVAL 4 HOUR AS DATE) = c.business_date
        WHERE NOT g.is_test AND c.month_start = DATE '2025-12-01'
        GROUP BY c.business_date
        ORDER BY c.business_date"""
    pack = sqlgrade.build_pack(exercise.sqlgrade)
    with sqlgrade.Grader(workers=1) as grader:
        assert grader.grade(pack, answer, deep=True).status is sqlgrade.Status.ACCEPTED
        wrong = grader.grade(pack, answer.replace("+ INTERVAL 4 HOUR", "+ INTERVAL 9 HOUR"), deep=True)
    assert wrong.status is sqlgrade.Status.REFUTED
    assert wrong.counterexample is not None
    assert len(wrong.counterexample.tables["calendar"].rows) <= 2


@pytest.fixture
def cache_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "cache"
    monkeypatch.setattr(fillings, "cache_folder", lambda: place)
    return place


@pytest.mark.usefixtures("cache_place")
def test_a_shared_filling_that_breaks_an_assumption_is_left_out(sample: Course) -> None:
    schema = sample.schema
    assert usable_fillings(schema, ("SELECT 1 FROM guests WHERE guest_id < 0",)) == schema.fillings
    assert usable_fillings(schema, ("SELECT 1 FROM guests WHERE is_test",)) == ()


def test_which_fillings_can_be_used_is_asked_of_a_database_once(
    sample: Course, cache_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(fillings, "_holds", lambda _schema, script, _assume: asked.append(script) or False)
    for _ in range(2):
        assert usable_fillings(sample.schema, ("SELECT 1",)) == ()
    assert asked == list(sample.schema.fillings)
    (file,) = cache_place.iterdir()
    file.write_text("[tr", encoding="utf-8")
    usable_fillings(sample.schema, ("SELECT 1",))
    assert asked == 2 * list(sample.schema.fillings)


@pytest.mark.usefixtures("cache_place")
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux lists a process's threads")
def test_trying_fillings_leaves_no_threads_behind(sample: Course) -> None:
    def threads() -> int:
        return len(list(Path("/proc/self/task").iterdir()))

    usable_fillings(sample.schema, ("SELECT 1 FROM guests WHERE guest_id < 0",))
    before = threads()
    more = tuple(f"INSERT INTO guests SELECT * FROM guests WHERE false AND {number} = 1;" for number in range(5))
    assert (
        usable_fillings(sample.schema, ("SELECT 1 FROM guests WHERE guest_id < -1",), more)
        == sample.schema.fillings + more
    )
    assert threads() <= before


def test_a_filling_of_the_lesson_reaches_each_of_its_exercises(tmp_path: Path, sample: Course) -> None:
    shutil.copytree(sample.root, tmp_path / "course")
    folder = tmp_path / "course/lessons/01-sample/databases"
    folder.mkdir()
    (folder / "none.sql").write_text("SELECT 1;", encoding="utf-8")
    lesson = load_course(tmp_path / "course").lessons[0]
    assert {each.sqlgrade.databases[1] for each in lesson.exercises if each.kind.counts_as_written} == {"SELECT 1;"}


@pytest.mark.parametrize(
    "codes",
    [{"E20"}, {"E06", "E26"}, {"E22"}, {"E27"}, {"E23"}],
    ids=["missing condition", "grouping column", "comparison", "missing join", "missing order"],
)
def test_every_lesson_of_levels_1_and_2_knows_the_five_errors_that_stay(codes: set[str]) -> None:
    lessons = [each for each in load_course().lessons if each.record.level <= 2]
    known = {
        lesson.record.id: {miss.code for exercise in lesson.exercises for miss in exercise.record.near_misses.values()}
        for lesson in lessons
    }
    assert [name for name, found in known.items() if not found & codes] == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_prompt_names_the_columns_it_asks_for(lang: str) -> None:
    unnamed = {
        exercise.id: missing
        for lesson in load_course().lessons
        for exercise in lesson.exercises
        if exercise.kind.letter in "WFBJ"
        and (missing := [name for name in _columns(exercise) if name not in exercise.text[lang].prompt])
    }
    assert unnamed == {}


def _columns(exercise: LessonExercise) -> list[str]:
    trees = [parsed(each.text) for each in exercise.solutions]
    return [name for tree in trees if isinstance(tree, exp.Query) for name in tree.named_selects]


_SUM_OF_NAMES = re.compile(r"[a-z]+_[a-z_]+ ?\N{MINUS SIGN}|\N{MINUS SIGN} ?[a-z]+_[a-z]")


def test_a_sum_with_the_names_of_columns_is_written_with_the_sign_that_sql_reads() -> None:
    texts = [each for kind in ("*.md", "*.toml") for each in (ROOT / "course").rglob(kind)]
    assert [str(each) for each in texts if _SUM_OF_NAMES.search(each.read_text(encoding="utf-8"))] == []


def test_no_english_text_asks_for_a_word_of_the_japanese_data() -> None:
    japanese = [f"'{word}'" for word in wordings("en")]
    texts = {each: each.read_text(encoding="utf-8") for each in course_root().rglob("*en.md")}
    assert len(texts) > 100
    assert [(each.name, word) for each, text in texts.items() for word in japanese if word in text] == []


DUCKDBS_ALONE = re.compile(r"(?<![:/])//|::|FILTER|date_diff\('|date_trunc\('|strftime|quantile_cont")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_hint_names_nothing_that_an_answer_in_bigquerys_dialect_cannot_use(lang: str) -> None:
    """Unless the given query has it, or BigQuery's own form stands beside it."""
    hints = {
        f"{exercise.id} {section.heading}": (section.body, exercise.starter)
        for lesson in load_course().lessons
        for exercise in lesson.exercises
        for section in exercise.text[lang].sections
        if section.heading == "idea" or section.heading.startswith("near-miss")
    }
    named = {name: set(DUCKDBS_ALONE.findall(body)) for name, (body, _) in hints.items() if "BigQuery" not in body}
    assert {name: forms for name, forms in named.items() if any(each not in hints[name][1] for each in forms)} == {}

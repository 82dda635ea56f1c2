"""Parameters in cells: the panel that fills them in, what is judged after the filling, and an exercise that has some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from typer.testing import CliRunner

from classroom.commands.judge import app
from classroom.learner.kernel import filled
from classroom.learner.panel.offers import find_offer
from classroom.learner.state.desk import Desk
from classroom.learner.state.parameters import FilledCell
from classroom.mentor.grading.judged import judgement_of
from classroom.mentor.grading.pool import judge_share
from classroom.mentor.grading.questions import JudgingRules
from classroom.mentor.place.folder import MentorFolder
from classroom.session.case import Case
from classroom.session.verdict.card import verdict_card
from coursebook import load_course
from coursebook.edition import write_learners_edition
from coursebook.proving import prove
from coursebook.settings import parameters_of, settings_of
from sqlgrade import Grader

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from click.testing import Result

    from classroom.session.display import Display

QUOTED = "SELECT area_code FROM areas WHERE area_code = '{{ a }}'"
BARE = "SELECT area_code FROM areas WHERE {{ a }}"
LISTED = f"%parameter a list SHIBUYA, GINZA\n{QUOTED}"
NUMBER = "%parameter a number 1\nSELECT area_code FROM areas LIMIT {{ a }}"
DAY = "%parameter a date 2025-12-01\nSELECT DATE '{{ a }}' AS day"
PERIOD = "%parameter a range yesterday\nSELECT '{{ a.start }}' AS s, '{{ a.end }}' AS e"

REFUSED, STOPPED, WARNED, KEPT = "not put in", "not run", "run with a warning", "a text like any other"
ATTACKS = [
    (QUOTED, "' OR 'a' = 'a", WARNED),
    (QUOTED, "' OR TRUE --", WARNED),
    (QUOTED, "' UNION ALL SELECT nickname FROM guests --", WARNED),
    (QUOTED, "'; SELECT 2 AS n; --", WARNED),
    (QUOTED, "'; DROP TABLE areas; --", STOPPED),
    (QUOTED, "'; DELETE FROM areas WHERE 'a' = 'a", STOPPED),
    (QUOTED, "'; UPDATE areas SET area_code = 'x'; --", STOPPED),
    (QUOTED, "'; INSERT INTO areas SELECT * FROM areas; --", STOPPED),
    (QUOTED, "'; ATTACH 'other.duckdb'; --", STOPPED),
    (QUOTED, "'; COPY areas TO 'areas.csv'; --", STOPPED),
    (QUOTED, "'; INSTALL httpfs; LOAD httpfs; --", STOPPED),
    (QUOTED, "'; SET threads = 99; --", STOPPED),
    (QUOTED, "'; PRAGMA database_list; --", STOPPED),
    (QUOTED, "'; CALL pragma_version(); --", STOPPED),
    (QUOTED, "' UNION ALL SELECT content FROM read_text('/etc/hostname') --", STOPPED),
    (QUOTED, "' UNION ALL SELECT * FROM read_csv('/etc/passwd') --", STOPPED),
    (QUOTED, "' UNION ALL SELECT * FROM 'other.parquet' --", STOPPED),
    (QUOTED, "' UNION ALL SELECT * FROM 'https://example.com/x.csv' --", STOPPED),
    (QUOTED, "' /*", STOPPED),
    (QUOTED, "'", STOPPED),
    (QUOTED, "') OR (TRUE", STOPPED),
    (QUOTED, "'" + "(" * 200, STOPPED),
    (QUOTED, '-- */ ; " ) ] }', KEPT),
    (QUOTED, "''; DROP TABLE areas; --", KEPT),
    (QUOTED, "\\", KEPT),
    (QUOTED, "a\x00b", REFUSED),
    (QUOTED, "a\nb", REFUSED),
    (QUOTED, "a\x1b[2Jb", REFUSED),
    (QUOTED, "a\u2028b", REFUSED),
    (QUOTED, "\ud800", REFUSED),
    (QUOTED, "x" * 100_000, REFUSED),
    (QUOTED, "{{ a }}", REFUSED),
    (QUOTED, "}} {{", REFUSED),
    (BARE, "TRUE; DROP TABLE areas", STOPPED),
    (BARE, "area_code IN (SELECT area_code FROM casts)", WARNED),
    (BARE, "$1", STOPPED),
    (NUMBER, "1; DROP TABLE areas", REFUSED),
    (NUMBER, "1 OFFSET 2", REFUSED),
    (NUMBER, "(SELECT 3)", REFUSED),
    (NUMBER, "1e999", REFUSED),
    (NUMBER, "9" * 1_000, REFUSED),
    (LISTED, "GINZA', 'SHIBUYA", REFUSED),
    (LISTED, "ginza", REFUSED),
    (LISTED, "", REFUSED),
    (DAY, "2025-12-01' OR DATE '2025-12-02", REFUSED),
    (DAY, "0000-00-00", REFUSED),
    (PERIOD, "2025-12-01..2025-12-07' --", REFUSED),
    (PERIOD, "2025-12-01..2025-12-02..2025-12-03", REFUSED),
]


class Panel:
    """A cell that has run, with what its panel does when its button is pressed."""

    def __init__(self, ran: Any, run_with: Callable[[dict[str, str]], FilledCell | str]) -> None:
        self.ran, self.run_with = ran, run_with

    @property
    def result(self) -> str:
        """What stands in the first place below the panel."""
        place = next(each.place for each in self.ran.displays if each.place)
        return str([each for each in self.ran.displays if each.place == place][-1].data["text/plain"])


@pytest.fixture
def panel(judging_desk: Desk, at: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Panel]:
    """Run a cell with parameters and take hold of its panel."""

    def ran(source: str) -> Panel:
        caught: list[Callable[[dict[str, str]], FilledCell | str]] = []
        show = filled.show_parameters

        def shown(cell: FilledCell, desk: Desk, run_with: Callable[[dict[str, str]], FilledCell | str]) -> Display:
            caught.append(run_with)
            return show(cell, desk, run_with)

        monkeypatch.setattr(filled, "show_parameters", shown)
        seen = at(judging_desk, source, "cell")
        monkeypatch.undo()
        return Panel(seen, caught[0])

    return ran


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda each: repr(each[1][:30]))
def test_no_value_leaves_the_sandbox_and_each_is_told(
    attack: tuple[str, str, str], panel: Callable[[str], Panel], judging_desk: Desk
) -> None:
    cell, value, fate = attack
    judging_desk.parameters.chosen.clear()
    seen = panel(cell)
    before = judging_desk.session.connection.execute("SELECT count(*), min(area_code) FROM areas").fetchall()
    found = seen.run_with({"a": value})
    if fate == REFUSED:
        assert isinstance(found, str)
        assert found.endswith("。")
    else:
        assert isinstance(found, FilledCell)
        assert bool(found.broken_out) == (fate != KEPT)
        assert seen.result.startswith("!") == (fate == STOPPED)
    assert judging_desk.session.connection.execute("SELECT count(*), min(area_code) FROM areas").fetchall() == before


def test_a_cell_runs_with_what_its_lines_declare_and_the_panel_puts_another_result_in_its_place(
    panel: Callable[[str], Panel], judging_desk: Desk
) -> None:
    desk = judging_desk
    desk.parameters.chosen.clear()
    seen = panel(LISTED)
    assert "SHIBUYA" in seen.result
    assert "{{ a }} = SHIBUYA" in seen.ran.plain
    assert isinstance(seen.run_with({"a": "GINZA"}), FilledCell)
    assert "GINZA" in seen.result
    assert desk.last_result is not None
    assert desk.last_result.rows == (("GINZA",),)
    assert desk.last_written.strip() == QUOTED


def test_what_was_chosen_stays_when_the_cell_is_run_again_and_is_no_other_cells(
    panel: Callable[[str], Panel], judging_desk: Desk, at: Callable[..., Any]
) -> None:
    desk = judging_desk
    panel(LISTED).run_with({"a": "GINZA"})
    assert "GINZA" in at(desk, LISTED, "cell").plain
    assert "GINZA" not in at(desk, LISTED, "another").plain


def test_a_list_may_come_from_a_query(judging_desk: Desk, at: Callable[..., Any]) -> None:
    desk = judging_desk
    declared = "%parameter a query SELECT area_code FROM areas WHERE area_code >= 'S' ORDER BY 1"
    assert "{{ a }} = SHIBUYA" in at(desk, f"{declared}\n{QUOTED}").plain
    nothing = at(desk, f"%parameter a query SELECT 1 WHERE FALSE\n{QUOTED}")
    assert "0行" in nothing.plain
    writing = at(desk, f"%parameter a query DROP TABLE areas\n{QUOTED}")
    assert writing.trouble.code == "not_allowed"


def test_days_count_from_the_desks_own_now(judging_desk: Desk, at: Callable[..., Any]) -> None:
    desk = judging_desk
    cell = "%parameter day date yesterday\nSELECT '{{ day }}' AS day, '{{ p.start }}' AS s, '{{ p.end }}' AS e"
    assert "2025-12-31" in at(desk, cell).plain
    desk.go_to(2)
    try:
        assert "{{ day }} = 2026-01-02, {{ p.start }} = 2026-01-02" in at(desk, cell).plain
    finally:
        desk.go_to(0)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("SELECT '{{ a'", "{{ a"),
        ("SELECT '{{ {{ a }} }}'", "波かっこ"),
        ("SELECT '｛｛ a ｝｝'", "全角"),
        ("%parameter a colour red\nSELECT 1", "colour"),
        ("%parameter a number ten\nSELECT {{ a }}", "ten"),
    ],
)
def test_braces_and_lines_that_are_no_parameter_are_told(
    judging_desk: Desk, at: Callable[..., Any], cell: str, said: str
) -> None:
    ran = at(judging_desk, cell)
    assert ran.trouble is not None
    assert said in ran.trouble.cause


@pytest.mark.parametrize(
    "query",
    [
        "SELECT 1 FROM areas WHERE area_code = {{ a }}",
        "WITH p AS (SELECT {{ a }} AS a) SELECT a FROM p",
        "SELECT 1 FROM talks WHERE opened_at_utc >= {{ day }}",
    ],
)
def test_forgotten_quotes_are_told_before_what_the_engine_makes_of_them(
    judging_desk: Desk, at: Callable[..., Any], query: str
) -> None:
    ran = at(judging_desk, f"%parameter a list SHIBUYA, GINZA\n%parameter day date yesterday\n{query}")
    assert ran.trouble is not None
    assert ran.trouble.key == "parameter_unquoted"
    assert "引用符がありません" in ran.plain


def test_another_slip_in_a_query_with_parameters_is_told_as_ever(judging_desk: Desk, at: Callable[..., Any]) -> None:
    ran = at(judging_desk, f"%parameter a list SHIBUYA, GINZA\n{QUOTED.replace('FROM areas', 'FROM araes')}")
    assert ran.trouble.key != "parameter_unquoted"


RIGHT = "SELECT cast_id FROM casts WHERE area = '{{ area }}'"
WRONG = "SELECT cast_id FROM casts WHERE area = 'Ginza'"
FILES = {
    "exercise.toml": 'id = "L1-09"\nkind = "W"\npoints = 10\ncolumn_names = ["cast_id"]\n'
    '[parameters.area]\nkind = "list"\nlabel = {ja = "エリア", en = "Area"}\nchoices = ["Ginza", "Umeda"]\n'
    'values = ["Ginza", "Umeda"]\n'
    + "".join(f'[near_misses.{stem}]\ncode = "E20"\nclause = "WHERE"\n' for stem in ("fixed", "all", "others")),
    **{
        f"{lang}.md": f"# {title}\n\n{title}\n\n## idea\n\n{title}\n\n## success\n\n{title}\n\n## explanation\n\n{title}\n\n"
        + "".join(f"## near-miss: {stem}\n\n{title} {stem}\n\n" for stem in ("fixed", "all", "others"))
        for lang, title in (("ja", "選んだエリアのキャスト"), ("en", "Casts of the area chosen"))
    },
    "starter.sql": "-- cast_id\n",
    "solution.sql": f"{RIGHT}\n",
    "near-misses/fixed.sql": f"{WRONG}\n",
    "near-misses/all.sql": "SELECT cast_id FROM casts\n",
    "near-misses/others.sql": "SELECT cast_id FROM casts WHERE area <> '{{ area }}'\n",
}


@pytest.fixture
def root(sample_course_with: Callable[[str, Mapping[str, str]], Path]) -> Path:
    """The sample course with an exercise that has a parameter."""
    return sample_course_with("09-chosen", FILES)


@pytest.fixture
def at_course(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A desk on that course."""
    practice = tmp_path / "practice.duckdb"
    with duckdb.connect(str(practice)) as connection:
        connection.execute((root / "schema.sql").read_text(encoding="utf-8"))
        connection.execute("INSERT INTO casts VALUES (1, 'Ginza', 'gold', TRUE), (2, 'Umeda', 'gold', TRUE)")
    monkeypatch.setenv("PENGUIN_COURSE", str(root))
    desk = Desk(lang="en", practice=practice)
    yield desk
    desk.close()


def test_the_course_proves_such_an_exercise_and_that_a_fixed_value_is_refuted(root: Path) -> None:
    assert prove(load_course(root), exercise="L1-09").problems == ()
    toml = root / "lessons" / "01-sample" / "exercises" / "09-chosen" / "exercise.toml"
    toml.write_text(
        FILES["exercise.toml"].replace('values = ["Ginza", "Umeda"]', 'values = ["Ginza", "Ginza"]'), "utf-8"
    )
    codes = {each.code for each in prove(load_course(root), exercise="L1-09").problems}
    assert {"parameter_not_told", "near_miss_accepted"} <= codes


def test_a_learner_answers_with_a_parameter_and_one_who_fixes_it_is_told_the_value(
    at_course: Desk, at: Callable[..., Any]
) -> None:
    right = at(at_course, f"-- Answer L1-09\n{RIGHT}")
    assert "✓" in right.plain
    assert "{{ area }} = Ginza" in right.plain
    case = at_course.cases["L1-09"]
    for name in ("steps", "check", "bigquery"):
        offer = find_offer(name, case)
        assert offer is not None
        assert offer.show(case, at_course).data["text/plain"]
    wrong = at(at_course, f"-- Answer L1-09\n{WRONG}")
    assert "✗" in wrong.plain
    assert "With area = Umeda: " in wrong.plain
    assert wrong.plain.count("Your query does not use {{ area }}") == 1
    misspelt = at(at_course, "-- Answer L1-09\n" + RIGHT.replace("area }}", "aera }}"))
    assert "{{ area }} is probably meant" in misspelt.plain


def test_a_mentor_grades_hand_ins_with_parameters_as_the_learner_was_judged(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PENGUIN_COURSE", str(root))
    folder = MentorFolder(tmp_path)
    folder.desk.mkdir()
    rules = JudgingRules(folder)
    answers = [RIGHT, RIGHT.replace("= '", "=\n  '"), WRONG]
    asked = [rules.question("L1-09", f"-- Answer L1-09\n{each}") for each in answers]
    with Grader(workers=1) as grader:
        kept = {each.key: each for share in rules.shares(asked) for each in judge_share(share, grader)}
    exercise = folder.course.exercise("L1-09")
    back = [judgement_of(kept[each.key], exercise, "en", each.answer) for each in asked]
    assert [each.points == 10 for each in back] == [True, True, False]
    assert back[2].near_miss == "fixed"
    card = verdict_card(Case(back[2], exercise, WRONG, "en")).data["text/plain"]
    assert "With area = Umeda: " in str(card)


def test_the_learners_edition_has_the_panel_and_not_the_values_that_are_judged_with(root: Path, tmp_path: Path) -> None:
    write_learners_edition(load_course(root), tmp_path / "edition")
    exercise = load_course(tmp_path / "edition").exercise("L1-09")
    (area,) = parameters_of(exercise, "ja")
    assert (area.label, area.choices) == ("エリア", ("Ginza", "Umeda"))
    assert settings_of(exercise) == ()


def test_penguin_judge_takes_the_values_from_a_file(tmp_path: Path) -> None:
    texts = {
        "schema.sql": "CREATE TABLE casts (cast_id INTEGER PRIMARY KEY, area VARCHAR NOT NULL)",
        "solution.sql": RIGHT,
    }
    texts |= {
        "answer.sql": WRONG,
        "settings.json": '[{"area": "Ginza"}, {"area": "Umeda"}]',
        "none.json": '{"area": "Ginza"}',
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = [each for name in ("schema", "solution", "answer") for each in (f"--{name}", str(tmp_path / f"{name}.sql"))]

    def judged(settings: str) -> Result:
        return CliRunner().invoke(app, [*files, "--settings", str(tmp_path / settings), "--lang", "en"])

    wrong = judged("settings.json")
    assert wrong.exit_code == 1
    assert "with area = Umeda for the parameters" in wrong.stdout
    assert judged("none.json").exit_code == 2

"""A draft to break (kind K): from the author's files to the learner's card, the mentor's desk and a hub's edition."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import duckdb
import pytest

from classroom.learner.kernel.execute import run_cell
from classroom.learner.panel.offers import ladder_of, offers_for
from classroom.learner.state.desk import Desk
from classroom.mentor.grading.judged import judgement_of
from classroom.mentor.grading.pool import judge_share
from classroom.mentor.grading.questions import JudgingRules
from classroom.mentor.place.folder import MentorFolder
from coursebook import Outcome, check_course, compile_lesson, load_course
from coursebook.edition import write_learners_edition
from coursebook.proving import prove
from sqlgrade import Grader

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from classroom.session.display import Display
    from coursebook import Course

BASE = (
    "INSERT INTO guests VALUES (1, '2025-12-01 10:00', '東京都', FALSE);\n"
    "INSERT INTO casts VALUES (1, 'Ginza', 'gold', TRUE);\n"
    "INSERT INTO talks VALUES (1, 1, 1, '2025-12-02 10:00');\n"
)
RIGHT = f"{BASE}INSERT INTO talks VALUES (2, 1, 1, '2025-12-03 10:00');\n"
LONG = f"{RIGHT}INSERT INTO talks VALUES (3, 1, 1, '2025-12-04 10:00');\n"
ORPHAN = "INSERT INTO talks VALUES (1, 5, 1, '2025-12-02 10:00');\n"
TRUTH = "SELECT COUNT(DISTINCT guest_id) AS n FROM talks\n"
WRONG = "SELECT COUNT(guest_id) AS n FROM talks\n"
_TEXT = {
    "ja.md": "# 会った人\n\nトークをしたゲストの人数を、と頼みました。\n\n## idea\n\n同じ人が2回出る行です。\n\n## success\n\nはい。\n\n"
    "## explanation\n\n1行はトークです。\n\n## near-miss: one-talk\n\nゲスト1人につきトーク1件では、差が出ません。2件目を足してください。\n\n"
    "## near-miss: approved\n\n同じ人が2回トークしたら、と考えましょう。\n",
    "en.md": "# Who talked\n\nThe request was the number of guests who talked.\n\n## idea\n\nOne person twice.\n\n## success\n\nYes.\n\n"
    "## explanation\n\nA row is a talk.\n\n## near-miss: one-talk\n\nOne talk for each guest shows nothing: add a second one.\n\n"
    "## near-miss: approved\n\nThink of a guest with two talks.\n",
}
FILES = {
    **_TEXT,
    "exercise.toml": 'id = "L1-09"\nkind = "K"\npoints = 10\ncolumn_names = ["n"]\n[draft]\nright = false\n[draft.needs]\n'
    'one-talk = "SELECT 1 FROM talks GROUP BY guest_id HAVING COUNT(*) > 1"\n'
    '[near_misses.one-talk]\ncode = "E26"\n[near_misses.approved]\ncode = "E26"\n',
    "starter.sql": BASE,
    "solution.sql": RIGHT,
    "right.sql": TRUTH,
    "draft.ja.sql": f"-- ゲストの人数を数えます\n{WRONG}",
    "draft.en.sql": f"-- Counts the guests\n{WRONG}",
    "near-misses/one-talk.sql": BASE,
    "near-misses/approved.sql": "USE IT\n",
}


@pytest.fixture
def root(sample_course_with: Callable[[str, Mapping[str, str]], Path]) -> Path:
    """The sample course with a draft to break."""
    return sample_course_with("09-break", FILES)


@pytest.fixture
def course(root: Path) -> Course:
    return load_course(root)


def _changed(root: Path, name: str, text: str) -> Course:
    (root / "lessons" / "01-sample" / "exercises" / "09-break" / name).write_text(text, encoding="utf-8")
    return load_course(root)


def _codes(course: Course) -> set[str]:
    return {each.code for each in prove(course, exercise="L1-09").problems}


def test_it_is_read_and_proved(course: Course) -> None:
    assert check_course(course) == []
    assert prove(course, exercise="L1-09").problems == ()


def test_a_draft_that_is_not_what_its_author_says_is_told(root: Path) -> None:
    toml = FILES["exercise.toml"]
    assert "draft_not_right" in _codes(_changed(root, "exercise.toml", toml.replace("right = false", "right = true")))
    _changed(root, "exercise.toml", toml)
    assert "draft_not_wrong" in _codes(_changed(root, "right.sql", WRONG))


def test_what_its_files_lack_is_told_at_their_place(root: Path) -> None:
    course = _changed(root, "draft.en.sql", f"-- another one\n{TRUTH}")
    assert [each.code for each in check_course(course)] == ["drafts_differ"]
    _changed(root, "draft.en.sql", FILES["draft.en.sql"])
    named_else = FILES["exercise.toml"].replace("one-talk = ", "two-talks = ")
    assert [each.code for each in check_course(_changed(root, "exercise.toml", named_else))] == ["draft_need"]


def test_rows_that_show_nothing_are_no_solution_and_need_their_own_hint(root: Path) -> None:
    assert "right_not_accepted" in _codes(_changed(root, "solution.sql", BASE))
    _changed(root, "solution.sql", RIGHT)
    assert "near_miss_accepted" in _codes(_changed(root, "near-misses/one-talk.sql", RIGHT))


def test_the_draft_stands_above_the_answer_in_the_readers_language(course: Course) -> None:
    for lang in ("ja", "en"):
        cells = json.loads(compile_lesson(course.lesson("L1"), lang, "learner"))["cells"]
        ids = [each["id"] for each in cells]
        at = ids.index("answer-L1-09")
        assert ids[at - 1] == "run-L1-09-draft"
        assert cells[at - 1]["metadata"]["deletable"] is False
        assert "".join(cells[at - 1]["source"]) == FILES[f"draft.{lang}.sql"].strip()


@pytest.fixture
def desk(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    practice = tmp_path / "practice.duckdb"
    with duckdb.connect(str(practice)) as connection:
        connection.execute((root / "schema.sql").read_text(encoding="utf-8"))
    monkeypatch.setenv("PENGUIN_COURSE", str(root))
    return Desk(lang="en", practice=practice)


def test_a_learner_sees_what_both_queries_give_on_the_rows(desk: Desk) -> None:
    try:
        told = {rows: _shown(desk, f"-- Answer L1-09\n{rows}") for rows in (RIGHT, LONG, BASE, ORPHAN, "USE IT", "空")}
        offers = {each.name for each in offers_for(desk.cases["L1-09"])}
        assert [each.name for each in ladder_of(desk.cases["L1-09"])][-1] == "solution"
    finally:
        desk.close()
    assert "✓" in told[RIGHT]
    assert "4 rows show that the draft is wrong" in told[RIGHT]
    assert "The draft gives · rows: 1" in told[RIGHT]
    assert "4 rows are enough" in told[LONG]
    assert "✗" in told[BASE]
    assert "give the same" in told[BASE]
    assert "Row 1 of talks" in told[ORPHAN]
    assert "guests has no row with that guest_id" in told[ORPHAN]
    assert "a wrong figure" in told["USE IT"]
    assert "There is no row" in told["空"]
    assert offers.isdisjoint({"steps", "check", "chart", "shape", "bigquery", "query"})


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        (f"```sql\n{RIGHT}```", "a chat’s reply pasted whole"),
        (f"The draft counts rows:\n\n```sql\n{RIGHT}```\nAnything else?", "a chat’s reply pasted whole"),
        (TRUTH, "not a corrected query but rows"),
        ("The draft can't be used: it counts rows.", "There is no INSERT statement"),
        ("この下書きは使えます。", "There is no INSERT statement"),
        ("OK", "There is no INSERT statement"),
        ("使えない", "show it: write rows"),
        ("Don't use it.", "show it: write rows"),
        (RIGHT.replace("(2,", "（2，"), "full-width"),
        (RIGHT.replace("'", "’"), "not the quote that SQL knows"),
        (f"SELECT 1 AS n;\n{RIGHT}", "after the INSERT statements"),
        (f"BEGIN;\n{RIGHT}", "This can't be used: BEGIN"),
        ("INSERT INTO guests VALUES (1", "opened here is never closed"),
    ],
)
def test_who_pastes_from_a_chat_is_told_what_to_write_instead(desk: Desk, pasted: str, said: str) -> None:
    try:
        told = _shown(desk, f"-- Answer L1-09\n{pasted}")
    finally:
        desk.close()
    assert said in told
    assert "✓" not in told
    assert "many sets of data" not in told
    assert "Parser Error" not in told.partition("[")[0]


def test_the_ladder_leads_to_the_rows_that_are_lacking(desk: Desk) -> None:
    try:
        _shown(desk, f"-- Answer L1-09\n{BASE}")
        case = desk.cases["L1-09"]
        shown = [str(each.show(case, desk).data["text/plain"]) for each in ladder_of(case)]
    finally:
        desk.close()
    assert "add a second one" in shown[0]
    assert RIGHT.splitlines()[-1] in shown[-1]


def test_a_mentor_grades_it_and_gives_it_back(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENGUIN_COURSE", str(root))
    folder = MentorFolder(tmp_path)
    folder.desk.mkdir()
    rules = JudgingRules(folder)
    asked = [rules.question("L1-09", f"-- Answer L1-09\n{each}") for each in (RIGHT, BASE, "使える")]
    with Grader(workers=1) as grader:
        kept = {each.key: each for share in rules.shares(asked) for each in judge_share(share, grader)}
    exercise = folder.course.exercise("L1-09")
    back = [judgement_of(kept[each.key], exercise, "en", each.answer) for each in asked]
    assert [each.outcome for each in back] == [Outcome.ACCEPTED, Outcome.REFUTED, Outcome.REFUTED]
    assert [each.near_miss for each in back] == [None, "one-talk", "approved"]
    assert back[0].verdict is not None
    assert back[0].verdict.rows is not None


def test_a_hubs_edition_holds_the_draft_and_neither_the_right_query_nor_the_rows(
    course: Course, tmp_path: Path
) -> None:
    target = tmp_path / "edition"
    write_learners_edition(course, target)
    there = {path.name for path in (target / "lessons" / "01-sample" / "exercises" / "09-break").iterdir()}
    assert there == {"exercise.toml", "ja.md", "en.md", "starter.sql", "draft.ja.sql", "draft.en.sql"}
    assert "DISTINCT" not in "".join(
        p.read_text("utf-8") for p in target.rglob("*") if p.is_file() and "09-b" in str(p)
    )


def _shown(desk: Desk, source: str) -> str:
    shown: list[Display] = []
    run_cell(desk, source, shown.append)
    return "\n".join(str(each.data.get("text/plain", "")) for each in shown)


REVIEW = {
    **{name: FILES[name] for name in ("right.sql", "draft.ja.sql", "draft.en.sql")},
    "exercise.toml": 'id = "L1-09"\nkind = "R"\npoints = 10\n[draft]\nright = false\n[predict]\nquery = "query.sql"\nshown = false\n'
    '[near_misses.used]\ncode = "E24"\n[near_misses.other-guest]\ncode = "E24"\n',
    "starter.sql": "SELECT '___' AS verdict, '___' AS mistake, ___ AS witness\n",
    "solution.sql": "SELECT 'b' AS verdict, 'c' AS mistake, 2 AS witness\n",
    "query.sql": "SELECT guest_id AS witness FROM (VALUES (1, 1), (2, 2), (3, 2)) AS t(talk_id, guest_id) GROUP BY guest_id HAVING COUNT(*) > 1\n",
    "near-misses/used.sql": "SELECT 'a' AS verdict, 'c' AS mistake, 2 AS witness\n",
    "near-misses/other-guest.sql": "SELECT 'b' AS verdict, 'c' AS mistake, 1 AS witness\n",
    **{
        name: FILES[name]
        .replace("one-talk", "used")
        .replace("approved", "other-guest")
        .replace("\n\n## idea", f"\n\n{options}\n\n## idea", 1)
        for name, options in (
            (
                "ja.md",
                (
                    "verdict の選択肢:\n\n- a) 使う\n- b) 使わない\n\n"
                    "mistake の選択肢:\n\n- a) ない\n- b) 期間\n- c) 人でなく行を数えている"
                ),
            ),
            (
                "en.md",
                (
                    "The options for verdict:\n\n- a) use it\n- b) don't use it\n\n"
                    "The options for mistake:\n\n- a) none\n- b) the period\n- c) rows are counted, not people"
                ),
            ),
        )
    },
}


@pytest.fixture
def reviewed(root: Path) -> Course:
    """The same course with a draft to review in its place."""
    folder = root / "lessons" / "01-sample" / "exercises" / "09-break"
    shutil.rmtree(folder)
    for name, text in REVIEW.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_course(root)


def test_a_review_is_proved_with_its_draft_and_its_witness(root: Path, reviewed: Course) -> None:
    assert check_course(reviewed) == []
    assert prove(reviewed, exercise="L1-09").problems == ()
    assert "draft_not_right" in _codes(
        _changed(root, "exercise.toml", REVIEW["exercise.toml"].replace("right = false", "right = true"))
    )
    _changed(root, "exercise.toml", REVIEW["exercise.toml"])
    other = _changed(root, "query.sql", REVIEW["query.sql"].replace("> 1", "= 1"))
    assert [each.code for each in check_course(other)] != []


def test_each_column_of_a_review_is_marked_by_itself(reviewed: Course, desk: Desk) -> None:
    del reviewed
    try:
        told = _shown(desk, "-- Answer L1-09\nSELECT 'b' AS verdict, 'a' AS mistake, 2 AS witness")
        right = _shown(desk, f"-- Answer L1-09\n{REVIEW['solution.sql']}")
        misled = _shown(desk, f"-- Answer L1-09\n{REVIEW['near-misses/used.sql']}")
    finally:
        desk.close()
    assert "✓ verdict = b) don't use it" in told
    assert "✗ mistake = a) none" in told
    assert "✓ witness = 2" in told
    assert "✓ L1-09" in right
    assert "add a second one" in misled

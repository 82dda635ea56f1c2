"""The three clicks: what is read, what is proved, and that nothing else is kept."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from classroom.author import query_desk
from classroom.author.form import form_html
from classroom.author.proof_view import problems_html
from classroom.author.query_desk import QueryDesk
from classroom.author.reading import CourseReader
from classroom.mentor.page.extension import _author_room
from coursebook import Problem, load_course
from coursebook.format import Bilingual
from coursebook.from_query.files import ProposedMiss
from coursebook.from_query.proposing import Proposal

if TYPE_CHECKING:
    from classroom.mentor.place.folder import MentorFolder

COURSE = Path(__file__).parents[2] / "second_course"
NASTY = "<img src=x onerror=alert(1)>"
ASKED = {
    "sql": "SELECT plan, count(*) AS n FROM members GROUP BY plan",
    "dialect": "duckdb",
    "lesson": "01-who-has-it",
    "title_ja": "会員数",
    "title_en": "Members",
    "prompt_ja": "プランごとに",
    "prompt_en": "By plan",
    "near_misses": ["m"],
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QueryDesk:
    """A desk whose proposals are at hand: how they are made is tested in coursebook."""
    miss = ProposedMiss("m", "SELECT plan, count(*) AS n FROM members", "E25", "GROUP BY", Bilingual(NASTY, NASTY))
    monkeypatch.setattr(query_desk, "propose", lambda *_: Proposal((miss,)))
    return QueryDesk(CourseReader(shutil.copytree(COURSE, tmp_path / "course")), "en")


def files(desk: QueryDesk) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in desk.reader.root.parent.rglob("*") if each.is_file()}


def test_what_was_proved_is_kept_and_opens_in_the_preview(desk: QueryDesk) -> None:
    assert "Columns: plan, n" in desk.read(ASKED)["html"]
    assert desk.propose(ASKED)["can_be_kept"]
    assert desk.keep(ASKED) == {"at": "01-who-has-it/04-members"}
    folder = desk.reader.root / "lessons/01-who-has-it/exercises/04-members"
    assert (folder / "near-misses/m.sql").is_file()
    assert ":::exercise 04-members" in (folder.parents[1] / "lesson.ja.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"sql": "SELECT plan, max(member_id) AS n FROM members GROUP BY plan"},
        {"lesson": "../../elsewhere"},
        {"lesson": None},
        {"dialect": "cobol"},
        {"title_ja": "", "title_en": " "},
        {"prompt_ja": "x" * 5000},
        {"title_en": "\0"},
    ],
)
def test_what_was_not_proved_or_is_none_of_the_forms_is_not_kept(desk: QueryDesk, changed: dict[str, Any]) -> None:
    if changed:
        desk.propose(ASKED)
    before = files(desk)
    assert desk.keep({**ASKED, **changed})["fault"]
    assert files(desk) == before


def test_tables_that_changed_since_are_proved_anew(desk: QueryDesk) -> None:
    desk.propose(ASKED)
    with (desk.reader.root / "schema.sql").open("a", encoding="utf-8") as file:
        file.write("CREATE TABLE more (id INTEGER PRIMARY KEY);\n")
    assert "button 2" in desk.keep(ASKED)["fault"]


def test_what_is_pasted_is_shown_and_never_run(desk: QueryDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    said = [
        desk.read({**ASKED, "sql": f"SELECT '{NASTY}' AS a"})["html"],
        desk.read({**ASKED, "sql": f'SELECT 1 AS "{NASTY}"'})["fault"],
        desk.read({**ASKED, "sql": f"SELECT {NASTY}"})["fault"],
        desk.read({**ASKED, "sql": "SELECT * FROM read_text('/etc/passwd')"})["fault"],
        desk.propose(ASKED)["html"],
    ]
    problem = Problem(Path("solution.sql"), 1, "exercise_fault", {"detail": NASTY})
    monkeypatch.setattr(query_desk, "propose", lambda *_: Proposal(problems=(problem,)))
    said.append(desk.propose({**ASKED, "sql": "SELECT 1 AS a"})["html"])
    assert all(said)
    assert not any("<img" in each or "root:" in each for each in said)


def test_the_form_is_in_both_languages() -> None:
    assert all(
        f'data-step="{step}"' in form_html(lang) for lang in ("ja", "en") for step in ("read", "propose", "keep")
    )
    assert "クエリから課題を作る" in form_html("ja")


def test_a_class_on_a_course_of_its_own_has_the_page_and_one_on_the_built_in_course_has_not(tmp_path: Path) -> None:
    def room_of(root: Path | None) -> Any:
        return _author_room(cast("MentorFolder", SimpleNamespace(course=load_course(root), lang="ja")))

    assert room_of(COURSE).root == COURSE
    assert room_of(None) is None


def test_code_in_what_is_wrong_with_an_exercise_is_set_as_code() -> None:
    problem = Problem(Path("ja.md"), 1, "section_missing", {"heading": "<idea>"})
    assert "<code>## &lt;idea&gt;</code>" in problems_html(Path(), (problem,), "en")

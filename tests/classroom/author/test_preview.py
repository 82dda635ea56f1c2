"""The author's page: what it shows, what it proves again, and what a broken or hostile course costs."""

from __future__ import annotations

import asyncio
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from servers import closed
from tornado.httpclient import AsyncHTTPClient, HTTPResponse

from classroom.author.files import files_of
from classroom.author.room import AuthorRoom
from classroom.author.server import AuthorServer, made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COURSE = Path(__file__).parents[2] / "second_course"
LESSON = Path("lessons/01-who-has-it")
TOOLS = LESSON / "exercises/01-tools"
AT = "01-who-has-it/01-tools"
pytestmark = pytest.mark.filterwarnings("default")  # of Jupyter's server, not ours


@pytest.fixture
def room(tmp_path: Path) -> Iterator[AuthorRoom]:
    shutil.copytree(COURSE, tmp_path / "course")
    opened = AuthorRoom(tmp_path / "course", "en")
    yield opened
    opened.proofs.close()


def change(room: AuthorRoom, file: Path, old: str, new: str) -> None:
    path = room.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def shown(room: AuthorRoom, until: Callable[[dict[str, Any]], bool], at: str = AT, lang: str = "en") -> dict[str, Any]:
    """The page once it is as wanted."""
    ends = time.monotonic() + 120
    while time.monotonic() < ends:
        parts = room.shown(at, lang, "")
        assert parts is not None
        if until(parts):
            return parts
        time.sleep(0.1)
    raise AssertionError(parts)


def test_a_saved_file_is_read_and_proved_anew_and_what_the_data_do_not_tell_is_listed(room: AuthorRoom) -> None:
    parts = shown(room, lambda parts: "state sound" in parts["proof"])
    assert room.shown(AT, "en", parts["seen"]) is None
    assert (
        parts["exercise"].index("The tools")
        < parts["exercise"].index("-- item_id")
        < parts["exercise"].index("ORDER BY")
    )
    assert "工具の一覧" in shown(room, lambda _: True, lang="ja")["exercise"]
    change(room, TOOLS / "solution.sql", "'tool'", "'tool' AND item_name IS NOT NULL")
    assert "state judging" in shown(room, lambda _: True)["proof"]
    alive = shown(room, lambda parts: "state alive" in parts["proof"])["proof"]
    assert "<del>AND item_name IS NOT NULL</del>" in alive
    assert "[alive.&quot;conj_drop-" in alive


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (TOOLS / "solution.sql", "FROM", "FORM", "01-tools/solution.sql:2"),
        (TOOLS / "exercise.toml", 'kind = "W"', "kind = W", "01-tools/exercise.toml:2"),
        (LESSON / "lesson.toml", "minutes = 18", "minutes = ", "lesson.toml:6"),
        (Path("course.toml"), 'name = "lending"', 'name = "lending', "course.toml:2"),
    ],
)
def test_a_broken_file_is_told_with_its_line_and_costs_itself_alone(
    room: AuthorRoom, file: Path, old: str, new: str, told: str
) -> None:
    change(room, file, old, new)
    proof = shown(room, lambda parts: told in parts["proof"])["proof"]
    assert proof.count("<li>") == 1
    change(room, file, new, old)
    assert "The tools" in shown(room, lambda parts: told not in parts["proof"])["exercise"]


def test_a_view_that_is_saved_has_the_exercises_of_all_lessons_proved_anew(room: AuthorRoom) -> None:
    view = room.root / "lessons/02-other/views/recent.sql"
    view.parent.mkdir(parents=True)
    view.write_text("SELECT 1 AS n", encoding="utf-8")
    now = room.reader.now()
    before = now.exercise_stamp(now.spot(AT))
    view.write_text("SELECT 1 AS n, 2 AS m", encoding="utf-8")
    assert room.reader.now().exercise_stamp(now.spot(AT)) != before


def test_what_stands_in_a_course_is_shown_and_never_run(room: AuthorRoom) -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))"
    for name in ("en.md", "starter.sql", "solution.sql", "near-misses/all-items.sql"):
        with (room.root / TOOLS / name).open("a", encoding="utf-8") as file:
            file.write(f"\n{nasty}\n")
    change(room, TOOLS / "en.md", "# The tools", f"# {nasty}")
    (room.root / LESSON / "exercises" / "04-<b onclick=x>").mkdir()
    (room.root / LESSON / "exercises" / "04-<b onclick=x>" / "exercise.toml").write_text("x", encoding="utf-8")
    parts = shown(room, lambda parts: "solution.sql:" in parts["proof"])
    drawn = "".join(parts[name] for name in ("list", "exercise", "proof"))
    assert not any(each in drawn for each in ("<script", "<img", "<b onclick", 'href="javascript'))


def test_nothing_outside_of_the_course_is_shown(room: AuthorRoom, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret", encoding="utf-8")
    for at in ("../../secret", "01-who-has-it/../../..", f"{tmp_path}/", "\x00/\x00", "nothing/there"):
        assert "Secret" not in str(room.shown(at, "en", ""))
    (room.root / TOOLS / "en.md").unlink()
    (room.root / TOOLS / "en.md").symlink_to(tmp_path / "secret.md")
    assert [each.name for each in files_of(room.root).leading_out] == ["en.md"]
    assert "Secret" not in str(room.shown(AT, "en", ""))


async def _asked(
    port: int, path: str, token: str = "", host: str = "", cookie: str = "", body: str | None = None
) -> HTTPResponse:
    headers = {"Authorization": f"token {token}"} if token else {}
    headers |= {"Host": host} if host else {}
    headers |= {"Cookie": cookie} if cookie else {}
    url = f"http://127.0.0.1:{port}/{path}"
    return await AsyncHTTPClient().fetch(
        url,
        raise_error=False,
        follow_redirects=False,
        headers=headers,
        method="GET" if body is None else "POST",
        body=body,
    )


ASKED: tuple[tuple[int, str, dict[str, str]], ...] = (
    (302, "penguin/author/", {}),
    (403, "penguin/author/shown", {}),
    (403, "penguin/author/shown", {"token": "secret", "host": "evil.example"}),
    (200, "penguin/author/shown", {"token": "secret"}),
    (200, "penguin/author/page.js", {"token": "secret"}),
    (404, "penguin/author/%2e%2e%2fserver.py", {"token": "secret"}),
    (404, "api/contents", {"token": "secret"}),
    (404, "api/kernels", {"token": "secret"}),
    (404, "files/course.toml", {"token": "secret"}),
    (403, "penguin/author/query/read", {"body": "{}"}),
    (403, "penguin/author/query/read", {"body": "{}", "cookie": "_xsrf=a"}),
    (200, "penguin/author/query/read", {"body": "{}", "token": "secret"}),
    (404, "penguin/author/query/close", {"body": "{}", "token": "secret"}),
)


def test_only_who_has_the_token_is_answered_and_nothing_but_the_page(
    room: AuthorRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CONFIG", "RUNTIME", "DATA"):
        monkeypatch.setenv(f"JUPYTER_{name}_DIR", str(tmp_path / name))
    monkeypatch.setenv("JUPYTER_TOKEN", "secret")
    monkeypatch.setattr(AuthorServer, "init_signal", lambda _: None)  # only a main thread may

    async def play() -> tuple[list[int], str]:
        server = made(room, 0, browser=False)
        try:
            assert server.ip == "127.0.0.1"
            codes = [(await _asked(server.port, path, **how)).code for _, path, how in ASKED]
            page = await _asked(server.port, "penguin/author/", token="secret")  # noqa: S106
            return codes, page.headers["Content-Security-Policy"]
        finally:
            await closed(server.http_server)

    with ThreadPoolExecutor(1) as beside:  # a browser that another test has open holds this thread's loop
        codes, policy = beside.submit(asyncio.run, play()).result()
    assert codes == [status for status, _, _ in ASKED]
    assert "script-src 'self'" in policy

"""A hub in one file and back: every file as it was, with its rights; no link followed, nothing written over, nothing brought back of a torn file."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import stat
import sys
import tarfile
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from classroom.commands.hub import app
from classroom.hub import backup, restoring

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="JupyterHub needs a Unix system")
NOBODY = 65534


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """A small hub: database in use, secrets, a class, hand-ins, two learners, one of whom set traps."""
    root = tmp_path / "srv"
    for each in ("hub", "course/desk", "exchange/course/from/hanako", "home/hanako/second-penguin/.penguin"):
        (root / each).mkdir(parents=True)
    write(root / "hub" / "jupyterhub_cookie_secret", "of this hub", 0o600)
    write(root / "hub" / "jupyterhub-proxy.pid", "12")
    write(root / "course" / "desk" / "key.txt", "ab" * 32, 0o600)
    write(root / "exchange" / "course" / "from" / "hanako" / "letter.json", "{}", 0o640)
    (root / "course" / "desk").chmod(0o700)
    write(root / "elsewhere.txt", "nobody's business", 0o600)
    home = root / "home" / "hanako" / "second-penguin"
    (home / "link.txt").symlink_to(root / "elsewhere.txt")
    (home / "door").symlink_to(root / "course")
    os.mkfifo(home / "pipe")
    (root / "home" / "taro").mkdir()
    (root / "home" / "taro" / "second-penguin").symlink_to(root / "course")
    if os.geteuid() == 0:  # only root can give files away, and back
        for each in (home, home / ".penguin"):
            os.chown(each, NOBODY, NOBODY)
    return root


def write(path: Path, text: str, mode: int = 0o644) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def command(*words: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in words], env={"PENGUIN_LANG": "en"})


def back_up(hub: Path, file: Path) -> Result:
    where = ["--hub", hub / "hub", "--course-folder", hub / "course", "--exchange", hub / "exchange"]
    return command("backup", file, *where, "--homes", f"{hub}/home/*/second-penguin")


def database(path: Path) -> sqlite3.Connection:
    """In use: what was written last is in its journal alone."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("CREATE TABLE users (name TEXT)")
    connection.execute("INSERT INTO users VALUES ('hanako')")
    connection.commit()
    return connection


def tree(root: Path) -> dict[str, tuple[int, int, bytes]]:
    """Each file's owner, rights and content, and each folder's owner and rights."""
    return {
        str(each.relative_to(root)): (
            each.stat().st_uid,
            stat.S_IMODE(each.stat().st_mode),
            each.read_bytes() if each.is_file() else b"",
        )
        for each in sorted(root.rglob("*"))
        if not each.is_symlink() and (each.is_file() or each.is_dir()) and not each.name.endswith("-shm")
    }


def test_a_hub_in_use_comes_back_as_it_was_with_secrets_nobody_else_can_read(hub: Path, tmp_path: Path) -> None:
    file, below = tmp_path / "backup.tar.gz", tmp_path / "new"
    with (
        closing(database(hub / "hub" / "jupyterhub.sqlite")),
        closing(database(hub / "home" / "hanako" / "second-penguin" / ".penguin" / "progress.sqlite")),
    ):
        done = back_up(hub, file)
        assert done.exit_code == 0, done.output
        before = {name: tree(hub / name) for name in ("course", "exchange", "home/hanako/second-penguin")}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    done = command("restore", file, "--below", below)
    assert done.exit_code == 0, done.output
    back = below / hub.relative_to("/")
    assert {name: tree(back / name) for name in before} == before
    assert sorted(each.name for each in (back / "hub").iterdir()) == [
        "jupyterhub.sqlite",
        "jupyterhub.sqlite-wal",
        "jupyterhub_cookie_secret",
    ]
    assert stat.S_IMODE((back / "hub" / "jupyterhub_cookie_secret").stat().st_mode) == 0o600
    for each in ("hub/jupyterhub.sqlite", "home/hanako/second-penguin/.penguin/progress.sqlite"):
        with closing(sqlite3.connect(back / each)) as connection:
            assert connection.execute("SELECT name FROM users").fetchall() == [("hanako",)]
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_no_link_of_a_learners_leads_the_backup_elsewhere(hub: Path, tmp_path: Path) -> None:
    database(hub / "hub" / "jupyterhub.sqlite").close()
    done = back_up(hub, tmp_path / "backup.tar.gz")
    assert done.exit_code == 0, done.output
    assert all(f"second-penguin/{name}" in done.output.replace("\n", "") for name in ("link.txt", "door", "pipe"))
    with tarfile.open(tmp_path / "backup.tar.gz") as tar:
        names = tar.getnames()
        assert not any(each.issym() or each.islnk() for each in tar)
        assert b"nobody's business" not in b"".join(
            content.read() for each in tar if (content := tar.extractfile(each)) is not None
        )
    assert not [each for each in names if each.startswith("homes/1")], "taro's folder is a link to the class"


def test_a_database_that_is_written_to_is_copied_as_of_one_moment(hub: Path, tmp_path: Path) -> None:
    path, stop = hub / "hub" / "jupyterhub.sqlite", threading.Event()
    database(path).close()

    def work() -> None:
        with closing(sqlite3.connect(path, timeout=30)) as connection:
            connection.execute("CREATE TABLE pairs (one INTEGER, other INTEGER)")
            number = 0
            while not stop.wait(0.02):
                number += 1
                connection.execute("INSERT INTO pairs VALUES (?, ?)", (number, number))
                connection.commit()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        done = back_up(hub, tmp_path / "backup.tar.gz")
    finally:
        stop.set()
        worker.join()
    assert done.exit_code == 0, done.output
    assert command("restore", tmp_path / "backup.tar.gz", "--below", tmp_path / "new").exit_code == 0
    with closing(sqlite3.connect(tmp_path / "new" / path.relative_to("/"))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM users").fetchone() == (1,)


def test_courses_beside_the_first_are_in_it_with_their_classes(hub: Path, tmp_path: Path) -> None:
    database(hub / "hub" / "jupyterhub.sqlite").close()
    for each in ("desk", "exchange"):
        (hub / "lending" / each).mkdir(parents=True)
        write(hub / "lending" / each / "file.txt", each)
    (hub / "data" / "course").mkdir(parents=True)
    (hub / "data" / "course" / "course.toml").touch()
    listed = {
        "data": str(hub / "data"),
        "address": "http://127.0.0.1:8091",
        "exchange": str(hub / "lending" / "exchange"),
    }
    fields = {**listed, "desk": str(hub / "lending" / "desk")}
    (hub / "courses.toml").write_text(
        "[lending]\n" + "".join(f'{name} = "{each}"\n' for name, each in fields.items()) + 'mentors = ["sato"]\n'
    )
    words = ["--hub", hub / "hub", "--homes", f"{hub}/home/*/second-penguin*", "--courses", hub / "courses.toml"]
    done = command("backup", tmp_path / "backup.tar.gz", *words)
    assert done.exit_code == 0, done.output
    assert command("restore", tmp_path / "backup.tar.gz", "--below", tmp_path / "new").exit_code == 0
    for each in ("desk", "exchange"):
        assert (tmp_path / "new" / hub.relative_to("/") / "lending" / each / "file.txt").read_text() == each


def test_what_lies_there_is_not_written_over(hub: Path, tmp_path: Path) -> None:
    database(hub / "hub" / "jupyterhub.sqlite").close()
    file = tmp_path / "backup.tar.gz"
    assert back_up(hub, file).exit_code == 0
    before = tree(hub)
    for words in (("restore", file), ("backup", file, "--hub", hub / "hub", "--homes", f"{hub}/home/*/none")):
        assert command(*words).exit_code == 2
    assert tree(hub) == before


def test_a_place_that_is_not_there_is_said_before_anything_is_written(hub: Path, tmp_path: Path) -> None:
    done = back_up(hub, tmp_path / "backup.tar.gz")  # no database: this is not where the hub is started
    assert done.exit_code == 2
    assert "jupyterhub.sqlite" in done.output
    database(hub / "hub" / "jupyterhub.sqlite").close()
    assert back_up(hub, hub / "course" / "backup.tar.gz").exit_code == 2, "in a folder that is backed up"
    assert not [*tmp_path.glob("*.gz"), *tmp_path.glob(".*.part"), *(hub / "course").glob("*.gz")]


def test_a_backup_without_the_class_is_refused_and_one_without_a_part_of_it_says_so(hub: Path, tmp_path: Path) -> None:
    database(hub / "hub" / "jupyterhub.sqlite").close()
    file, where = tmp_path / "backup.tar.gz", ["--hub", hub / "hub", "--homes", f"{hub}/home/*/second-penguin"]
    done = command("backup", file, *where)
    assert (done.exit_code, file.exists()) == (2, False)
    assert "PENGUIN_COURSE_FOLDER" in done.output
    done = command("backup", file, *where, "--course-folder", hub / "course")
    assert done.exit_code == 0, done.output
    assert "Not in this backup: the service’s folder of hand-ins" in done.output
    done = command("backup", tmp_path / "alone.tar.gz", *where, "--without-class")
    assert (done.exit_code, "Not in this backup" in done.output) == (0, False)


def test_a_place_within_another_is_in_it_once_and_comes_back(hub: Path, tmp_path: Path) -> None:
    database(hub / "hub" / "jupyterhub.sqlite").close()
    before = {name: tree(hub / name) for name in ("hub", "course", "exchange")}
    where = ["--hub", hub / "hub", "--course-folder", hub / "course", "--exchange", hub / "exchange"]
    also = ["--also", hub / "hub" / "..", "--also", hub / "exchange"]
    done = command("backup", tmp_path / "backup.tar.gz", *where, "--homes", f"{hub}/home/*/second-penguin", *also)
    assert done.exit_code == 0, done.output
    done = command("restore", tmp_path / "backup.tar.gz", "--below", tmp_path / "new")
    assert done.exit_code == 0, done.output
    assert {name: tree(tmp_path / "new" / hub.relative_to("/") / name) for name in before} == before


def test_a_folder_that_a_learner_takes_away_meanwhile_ends_no_backup(
    hub: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database(hub / "hub" / "jupyterhub.sqlite").close()
    home, add = hub / "home" / "hanako" / "second-penguin", tarfile.TarFile.addfile
    (home / "a.txt").touch()

    def add_and_lose(tar: tarfile.TarFile, info: tarfile.TarInfo, content: Any = None) -> None:
        add(tar, info, content)
        if info.name.endswith("/a.txt"):
            shutil.rmtree(home / ".penguin")

    monkeypatch.setattr(tarfile.TarFile, "addfile", add_and_lose)
    done = back_up(hub, tmp_path / "backup.tar.gz")
    assert done.exit_code == 0, done.output
    assert not (home / ".penguin").exists()


def test_a_database_that_is_opened_after_its_folder_was_listed_has_its_journal_with_it(
    hub: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, opened = hub / "hub" / "jupyterhub.sqlite", list[sqlite3.Connection]()
    path.touch()
    leading = backup._leading

    def open_and_list(names: list[str]) -> list[str]:
        if not opened:
            opened.append(database(path))
        return leading(names)

    monkeypatch.setattr(backup, "_leading", open_and_list)
    done = back_up(hub, tmp_path / "backup.tar.gz")
    opened[0].close()
    assert done.exit_code == 0, done.output
    assert command("restore", tmp_path / "backup.tar.gz", "--below", tmp_path / "new").exit_code == 0
    with closing(sqlite3.connect(tmp_path / "new" / path.relative_to("/"))) as connection:
        assert connection.execute("SELECT name FROM users").fetchall() == [("hanako",)]


def test_beside_a_journal_of_another_database_the_hubs_is_not_brought_back(hub: Path, tmp_path: Path) -> None:
    database(hub / "hub" / "jupyterhub.sqlite").close()
    assert back_up(hub, tmp_path / "backup.tar.gz").exit_code == 0
    there = tmp_path / "new" / (hub / "hub").relative_to("/")
    there.mkdir(parents=True)
    (there / "jupyterhub.sqlite-wal").touch()
    done = command("restore", tmp_path / "backup.tar.gz", "--below", tmp_path / "new")
    assert (done.exit_code, "jupyterhub.sqlite-wal" in done.output.replace("\n", "")) == (2, True), done.output
    assert [each.name for each in there.iterdir()] == ["jupyterhub.sqlite-wal"]


def test_while_a_class_comes_back_nobody_else_looks_into_its_folder(
    hub: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database(hub / "hub" / "jupyterhub.sqlite").close()
    write(hub / "course" / "gradebook.db", "points", 0o644)
    (hub / "course").chmod(0o700)
    assert back_up(hub, tmp_path / "backup.tar.gz").exit_code == 0
    seen: list[int] = []
    give = restoring._give

    def look_and_give(handle: int, info: tarfile.TarInfo, done: restoring.BroughtBack) -> None:
        give(handle, info, done)
        if info.name == "course/gradebook.db":
            seen.append(stat.S_IMODE((tmp_path / "new" / (hub / "course").relative_to("/")).stat().st_mode))

    monkeypatch.setattr(restoring, "_give", look_and_give)
    assert command("restore", tmp_path / "backup.tar.gz", "--below", tmp_path / "new").exit_code == 0
    assert seen == [0o700]


def forged(change: Callable[[tarfile.TarFile], None], file: Path, manifest: object) -> None:
    with tarfile.open(file, "w:gz") as tar:
        text = json.dumps(manifest).encode()
        info = tarfile.TarInfo("manifest.json")
        info.size = len(text)
        tar.addfile(info, io.BytesIO(text))
        change(tar)


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> Callable[[tarfile.TarFile], None]:
    def add(tar: tarfile.TarFile) -> None:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, link
        tar.addfile(info, io.BytesIO(b""))

    return add


@pytest.mark.parametrize(
    ("change", "manifest"),
    [
        (member("course/../../evil"), {"form": 1, "places": {"course": "/srv/course"}}),
        (member("/etc/evil"), {"form": 1, "places": {"course": "/srv/course"}}),
        (member("other/file"), {"form": 1, "places": {"course": "/srv/course"}}),
        (member("course/link", tarfile.SYMTYPE, "/etc"), {"form": 1, "places": {"course": "/srv/course"}}),
        (member("course/dev", tarfile.CHRTYPE), {"form": 1, "places": {"course": "/srv/course"}}),
        (member("course"), {"form": 1, "places": {"course": "/srv/course"}}),
        (member("course/file"), {"form": 1, "places": {"course": "relative"}}),
        (member("course/file"), {"form": 1, "places": {"course": "/../outside"}}),
        (member("course/file"), {"form": 2, "places": {"course": "/srv/course"}}),
        (member("course/file"), ["course"]),
    ],
)
def test_what_no_backup_has_in_it_is_brought_back_nowhere(
    change: Callable[[tarfile.TarFile], None], manifest: object, tmp_path: Path
) -> None:
    forged(change, tmp_path / "forged.tar.gz", manifest)
    done = command("restore", tmp_path / "forged.tar.gz", "--below", tmp_path / "new")
    assert (done.exit_code, "not made by" in " ".join(done.output.split())) == (2, True), done.output
    assert not (tmp_path / "new").exists()
    assert not (tmp_path / "outside").exists()


def test_a_backup_that_was_cut_short_is_brought_back_nowhere(hub: Path, tmp_path: Path) -> None:
    database(hub / "hub" / "jupyterhub.sqlite").close()
    file = tmp_path / "backup.tar.gz"
    assert back_up(hub, file).exit_code == 0
    whole = file.read_bytes()
    for part in (whole[: len(whole) // 2], whole[:-5], b"", b"no archive at all"):
        file.write_bytes(part)
        assert command("restore", file, "--below", tmp_path / "new").exit_code == 2, len(part)
    assert not (tmp_path / "new").exists()

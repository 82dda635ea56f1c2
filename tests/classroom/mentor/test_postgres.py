"""The gradebook on PostgreSQL: the same scores as on SQLite. Skipped where there is no server to start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cohort import answered, hand_in, mixed_answers

from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.returning.workflow import release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cohort import Notebook

PORT = 5571


def tools() -> Path | None:
    """The folder of initdb and pg_ctl."""
    found = shutil.which("initdb")
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), *([Path(found).parent] if found else [])]
    return next((each for each in places if (each / "initdb").is_file() and (each / "createdb").is_file()), None)


@pytest.fixture
def address() -> Iterator[str]:
    """A server of the test's own, in a short path, as sockets need it."""
    where = tools()
    if where is None or sys.platform == "win32":
        pytest.skip("no PostgreSQL server is installed")
    as_user: dict[str, Any] = {"user": "postgres"} if os.geteuid() == 0 else {}
    home = Path("/tmp") / f"penguin-pg-{os.getpid()}"  # noqa: S108
    home.mkdir(mode=0o755)
    if as_user:
        shutil.chown(home, "postgres")

    def run(tool: str, *arguments: str) -> None:
        subprocess.run([where / tool, *arguments], cwd=home, check=True, stdout=subprocess.DEVNULL, **as_user)

    control = ("-D", str(home / "data"), "-o", f"-p {PORT} -k {home} -c listen_addresses=''")
    try:
        run("initdb", "-D", str(home / "data"), "-A", "trust", "-U", "postgres")
        run("pg_ctl", *control, "-l", str(home / "log"), "-w", "start")
        run("createdb", "-h", str(home), "-p", str(PORT), "-U", "postgres", "gradebook")
        yield f"postgresql+psycopg://postgres@/gradebook?host={home}&port={PORT}"
    finally:
        subprocess.run([where / "pg_ctl", *control, "-m", "immediate", "stop"], cwd=home, check=False, **as_user)
        shutil.rmtree(home, ignore_errors=True)


def test_the_gradebook_on_postgresql_holds_the_same_scores(
    folder: MentorFolder,
    name: str,
    notebook: Notebook,
    address: str,
    points: Callable[[MentorFolder, str], dict[str, float | None]],
) -> None:
    students = [f"s{number:03d}" for number in range(4)]
    for number, student in enumerate(students):
        answers = mixed_answers(folder.course, ("L1-01", "L1-05", "L1-09"), number)
        hand_in(folder.root, student, "L1", name, answered(notebook, answers), "2027-01-10 10:00:00 UTC")
    grade_assignment(folder, "L1")
    on_sqlite = {student: points(folder, student) for student in students}
    with (folder.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(f"\nc.CourseDirectory.db_url = {address!r}\n")
    moved = MentorFolder(folder.root)
    release(moved, "L1", None, to_exchange=False)
    grade_assignment(moved, "L1", again=True)
    assert {student: points(moved, student) for student in students} == on_sqlite
    command = [sys.executable, "-m", "nbgrader", "autograde", "L1", "--force"]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    subprocess.run(command, cwd=folder.root, env={**os.environ, "PATH": path}, check=True, capture_output=True)
    assert {student: points(moved, student) for student in students} == on_sqlite

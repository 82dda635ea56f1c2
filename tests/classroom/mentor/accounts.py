"""A week on nbgrader's own exchange among accounts of this machine, each act by its own account; run as root.

    python accounts.py PLACE MENTOR LEARNER OTHER

PLACE holds the mentor's folder `course` and an open folder `exchange`. Prints as JSON what each account found. Everything is
imported before an account is taken, since another account may not reach where Python lies.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import pwd
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader.apps import NbGraderAPI
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeFetchAssignment, ExchangeSubmit
from traitlets.config import Config

import classroom.mentor.collecting.owners
import classroom.mentor.config
import classroom.mentor.place.gradebook
import classroom.nbgrader_setup  # noqa: F401
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.returning.workflow import collect

if TYPE_CHECKING:
    from collections.abc import Callable

LESSON = "L1"
FORGED = "forged.txt"


def taken_by(account: str, home: Path, act: Callable[[], Any]) -> Any:
    """What an act comes to in a process that has become the account for good."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            entry = pwd.getpwnam(account)
            os.setgroups([])
            os.setgid(entry.pw_gid)
            os.setuid(entry.pw_uid)
            os.umask(0o022)
            os.environ |= {
                "HOME": str(home),
                "USER": account,
                "LOGNAME": account,
                "JUPYTER_DATA_DIR": str(home / "data"),
            }
            os.chdir(home)
            with contextlib.redirect_stdout(sys.stderr):
                said = json.dumps(act())
            os.write(writing, said.encode())
            code = 0
        except BaseException:  # noqa: BLE001  (the child's end is told to the parent)
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    if os.waitpid(child, 0)[1]:
        raise SystemExit(f"{account} could not")
    return json.loads(said)


def seen(place: Path) -> list[str]:
    """All that this account can list or read below a place: files by their names, folders that it can list with a slash."""
    found = []
    for folder, _, files in os.walk(place):
        found += [f"{Path(folder).relative_to(place)}/"]
        for name in files:
            file = Path(folder, name)
            with contextlib.suppress(PermissionError):
                file.read_bytes()
                found.append(str(file.relative_to(place)))
    return sorted(found)


def put_into_exchange(folder: MentorFolder) -> bool:
    """Hand the lesson, which has been generated, out to all."""
    os.chdir(folder.root)
    api: Any = NbGraderAPI
    done = api(config=folder.config).release_assignment(LESSON)
    return bool(done["success"])


def own_settings(course: str, exchange: Path) -> Config:
    """What a learner's nbgrader_config.py says."""
    config = Config()
    config.CourseDirectory.course_id = course
    config.CourseDirectory.assignment_id = LESSON
    config.Exchange.root = str(exchange)
    return config


def fetch_and_submit(config: Config) -> list[str]:
    """The learner's half, as `nbgrader fetch_assignment` and `nbgrader submit` do it; the notebooks that came."""
    for step in (ExchangeFetchAssignment, ExchangeSubmit):
        step(
            coursedir=CourseDirectory(config=config), authenticator=Authenticator(config=config), config=config
        ).start()
    return sorted(each.name for each in Path(LESSON).glob("*.ipynb"))


def submit_as(name: str, config: Config, inbound: Path) -> bool:
    """Hand in under somebody else's name, later than they did, and leave what nbgrader can't read."""
    Path(LESSON).mkdir()
    Path(LESSON, FORGED).touch()
    config.CourseDirectory.student_id = name
    config.ExchangeFetchAssignment.replace_missing_files = True
    (inbound / f"{name}+{LESSON}+whenever").mkdir()
    return bool(fetch_and_submit(config))


def collected(folder: MentorFolder) -> dict[str, Any]:
    """What the mentor gets, and what is said of hand-ins that another account has left."""
    found = collect(folder, LESSON)
    files = (folder.root / "submitted").rglob("*")
    return {"taken": found.taken, "not_theirs": found.not_theirs, "files": sorted(each.name for each in files)}


def main() -> None:
    """Play the week."""
    place, (mentor, learner, other) = Path(sys.argv[1]), sys.argv[2:5]
    folder, exchange = MentorFolder(place / "course"), place / "exchange"
    config = own_settings(folder.course_id, exchange)
    homes = {each: place / f"home-{each}" for each in (mentor, learner, other)}
    for name, home in homes.items():
        home.mkdir(mode=0o700)
        entry = pwd.getpwnam(name)
        os.chown(home, entry.pw_uid, entry.pw_gid)

    def by(name: str, act: Callable[[], Any]) -> Any:
        return taken_by(name, homes[name], act)

    told = {
        "released": by(mentor, lambda: put_into_exchange(folder)),
        "fetched": by(learner, lambda: fetch_and_submit(config)),
        "seen_by_learner": by(learner, lambda: [seen(folder.root), seen(homes[mentor]), seen(homes[other])]),
        "seen_by_other": by(other, lambda: [seen(folder.root), seen(homes[learner]), seen(exchange)]),
        "forged": by(other, lambda: submit_as(learner, config, exchange / folder.course_id / "inbound")),
        "collected": by(mentor, lambda: collected(folder)),
        "who": [by(each, getpass.getuser) for each in homes],
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()

"""Seconds and memory of the class page's parts on large classes: today, the matrix of all lessons, the teams, the page for managers.

    uv run python bench/class_page.py [--sizes 40 200 1000] [--lessons 14] [--profile today] [--live 40] [--keep FOLDER] [--browser 5]
        [--out table.md]

A class is made by real steps for one learner (released, handed in, graded), whose rows and folders are then multiplied, with
other points and outcomes: stores and disk are as large as a term leaves them. Each part is asked of a server that has read
nothing yet, as when the page is opened; again: the same once more, after the moment for which a reading is still good.
--keep leaves the classes in a folder, where the next run finds them. --browser opens the page so often in Chromium, at a server
that has just begun and at one that is at work: seconds from the address to Today and to the matrix, and where they go.
--live lets so many learners hand in, ask and hand in again through a shared folder for a minute while the page asks as it does in
a browser, but every five seconds: how long it waits for each part, and whether in the end everything is there, once.
"""

from __future__ import annotations

import argparse
import cProfile
import itertools
import pstats
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / each) for each in ("classroom/mentor", "browser")]

from cohort import EXERCISES, IN_TIME, hand_in, mixed_answers, released, seeded  # noqa: E402
from road import Learner as OwnComputer  # noqa: E402
from road import shared  # noqa: E402
from serving import free_port, stop, wait_for_url  # noqa: E402
from start import BROWSER_FLAGS, find_chromium  # noqa: E402

from classroom.mentor.classpage.begin import begin  # noqa: E402
from classroom.mentor.collecting.collect import received_file  # noqa: E402
from classroom.mentor.grading import marks  # noqa: E402
from classroom.mentor.grading.grade import grade_assignment  # noqa: E402
from classroom.mentor.page.desk import DeskRoom  # noqa: E402
from classroom.mentor.place.class_store import class_file  # noqa: E402
from classroom.mentor.place.folder import MentorFolder  # noqa: E402
from classroom.mentor.place.roster import Learner  # noqa: E402
from classroom.mentor.returning.workflow import release  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST, TEAM_OF = "s0000", 8
PARTS = ("today", "learners", "teams", "report")
AT_REST = 4.0
"""Seconds between two things done in the browser: longer than a reading of the class is good for."""
OUTCOMES = ("accepted", "refuted", "refuted", "error")
_CLONED = {
    "submitted_assignment": {"id": "id || '-' || :to", "student_id": ":to"},
    "submitted_notebook": {"id": "id || '-' || :to", "assignment_id": "assignment_id || '-' || :to"},
    "grade": {"id": "id || '-' || :to", "notebook_id": "notebook_id || '-' || :to", "auto_score": "abs(random()) % 11"},
    "comment": {"id": "id || '-' || :to", "notebook_id": "notebook_id || '-' || :to"},
}
"""Of the gradebook's tables that hold a hand-in: what is another in the copy."""


def one_learner(root: Path, lessons: int) -> MentorFolder:
    """The class with one learner's hand-in of each lesson."""
    (root / "desk").mkdir(parents=True)
    (root / "desk" / "seed.txt").write_text("20270401\n", encoding="ascii")
    folder = begin(root, "ja", [Learner(FIRST)])
    for lesson in folder.course.lessons[:lessons]:
        release(folder, lesson.id, None, to_exchange=False)
        name, notebook = released(root, lesson.id)
        hand_in(root, FIRST, lesson.id, name, notebook, IN_TIME)
        grade_assignment(folder, lesson.id, workers=1)
    return folder


def multiply(folder: MentorFolder, size: int) -> None:
    """Make of the one learner so many."""
    others = [f"s{number:04}" for number in range(1, size)]
    with closing(sqlite3.connect(folder.root / "gradebook.db")) as gradebook, gradebook:
        for table, changed in _CLONED.items():
            columns = [row[1] for row in gradebook.execute(f"PRAGMA table_info({table})")]
            taken = ", ".join(changed.get(each, each) for each in columns)
            query = f"INSERT INTO {table} SELECT {taken} FROM {table} WHERE id NOT LIKE '%-s____'"
            gradebook.executemany(query, [{"to": each} for each in others])
        columns = [row[1] for row in gradebook.execute("PRAGMA table_info(student)")]
        taken = ", ".join({"id": ":to"}.get(each, each) for each in columns)
        gradebook.executemany(f"INSERT INTO student SELECT {taken} FROM student WHERE id = '{FIRST}'", _to(others))
    with closing(sqlite3.connect(folder.store_path)) as store, store:
        for table in ("submissions", "answers"):
            columns = [row[1] for row in store.execute(f"PRAGMA table_info({table})")]
            changed = {"student": ":to", "outcome": ":outcome", "fingerprint": ":outcome || abs(random()) % 6"}
            taken = ", ".join(changed.get(each, each) for each in columns)
            told = [{"to": each, "outcome": OUTCOMES[number % len(OUTCOMES)]} for number, each in enumerate(others)]
            store.executemany(f"INSERT INTO {table} SELECT {taken} FROM {table} WHERE student = '{FIRST}'", told)
    for step in ("submitted", "autograded"):
        for each in others:
            shutil.copytree(folder.root / step / FIRST, folder.root / step / each)  # with its files' times
    class_file(folder).put_into_teams({each: f"T{n // TEAM_OF}" for n, each in enumerate([FIRST, *others])})


def _to(names: list[str]) -> list[dict[str, str]]:
    return [{"to": each} for each in names]


def ask(room: DeskRoom, part: str) -> tuple[float, float]:
    """Seconds of one part: by the clock, and of the processor, which tell apart what the machine's other work costs."""
    started, at_work = time.perf_counter(), time.process_time()
    room.report("") if part == "report" else getattr(room, part)()
    return time.perf_counter() - started, time.process_time() - at_work


LIVE_SECONDS, LIVE_EVERY, ONE_ACTS_EVERY = 60, 5, 20
"""Seconds: how long, how often the page asks, and between two acts of one learner."""


def live(place: Path, size: int) -> list[str]:
    """Lines of a table on a class at work."""
    names = [f"s{number:04}" for number in range(size)]
    folder = shared(begin(seeded(place / "course"), "ja", [Learner(each) for each in names]), place / "share")
    release(folder, "L1", None, to_exchange=True)
    class_file(folder).put_into_teams({each: f"T{number // TEAM_OF}" for number, each in enumerate(names)})
    learners = [OwnComputer.at(place / "at" / each, folder, each) for each in names]
    asked, over, room = Counter[str](), threading.Event(), DeskRoom(folder)
    room.warm_up()

    def work() -> None:
        for number in itertools.count():
            if over.wait(ONE_ACTS_EVERY / size):
                return
            who = learners[number % size]
            if number % 3 == 1:
                who.ask(f"{number}?")
                asked["questions"] += 1
            else:
                who.hand_in(mixed_answers(folder.course, EXERCISES, number))
                asked["hand-ins"] += 1

    took: dict[str, list[float]] = {"fetch": [], "today": [], "learners": []}
    with ThreadPoolExecutor(1) as pool:
        done, until = pool.submit(work), time.monotonic() + LIVE_SECONDS
        while time.monotonic() < until:
            for part, seconds in took.items():
                seconds.append(ask(room, part)[0])
            time.sleep(LIVE_EVERY)
        over.set()
        done.result()
    room.fetch()
    room._view = None  # noqa: SLF001  (as once its time is over)
    here = {
        "questions": len(room.questions()),
        "hand-ins": sum(len(received_file(folder).letters(each, "L1")) for each in names),
    }
    lines = ["| part | asked | median (s) | longest (s) |", "|---|---|---|---|"]
    lines += [f"| {part} | {len(each)} | {median(each):.2f} | {max(each):.2f} |" for part, each in took.items()]
    return [*lines, *(f"{what}: {sent} sent, {here[what]} at the desk" for what, sent in asked.items())]


@contextmanager
def place_of(keep: Path | None) -> Iterator[Path]:
    """Where the classes are made: the folder to keep, or one that goes with this run."""
    if keep:
        yield keep.resolve()
        return
    with tempfile.TemporaryDirectory() as place:
        yield Path(place)


def class_of(place: Path, size: int, lessons: int) -> MentorFolder:
    """A class of so many, made where it is not there yet."""
    seed, root = place / f"one-{lessons}", place / f"{size}-{lessons}"
    if not root.exists():
        if not seed.exists():
            one_learner(place / "begun", lessons)
            (place / "begun").rename(seed)
        shutil.copytree(seed, place / "begun")
        multiply(MentorFolder(place / "begun"), size)
        (place / "begun").rename(root)
    return MentorFolder(root)


@contextmanager
def serving(folder: MentorFolder) -> Iterator[str]:
    """The class page's server; gives the address that it prints."""
    command = [sys.executable, "-m", "classroom", "mentor", "start", "--no-browser", "--port", str(free_port())]
    server = subprocess.Popen(
        command, cwd=folder.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    try:
        yield wait_for_url(server)
    finally:
        stop(server)


OPENED = """() => {
  const asked = performance.getEntriesByType('resource');
  const today = asked.filter((each) => each.name.includes('/penguin/desk/today'))[0];
  const page = performance.getEntriesByType('navigation')[0];
  const code = asked.filter((each) => /second-penguin.*\\.js/.test(each.name)).map((each) => each.responseEnd);
  return {html: page.responseEnd, code: Math.max(...code), asked: today.startTime, told: today.responseEnd};
}"""


def in_browser(folder: MentorFolder, times: int) -> list[str]:
    """Lines of a table: from an address to what is seen, and the moments on the way."""
    from playwright.sync_api import sync_playwright

    lines = [
        "| server | until Today (s) | page, our code, Today asked, told (s) | matrix, from its button (s) |",
        "|---|---|---|---|",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=BROWSER_FLAGS)
        context = browser.new_context(
            viewport={"width": 1366, "height": 768}
        )  # keeps what it has loaded, as a mentor's does
        started = time.perf_counter()
        with serving(folder) as address:
            lines.append(f"| starts | address told after {time.perf_counter() - started:.2f} s | | |")
            for number in range(times):
                page = context.new_page()
                page.add_init_script("performance.setResourceTimingBufferSize(5000)")
                begun = time.perf_counter()
                page.goto(address, wait_until="commit")
                page.locator(".penguin-desk-today > li").first.wait_for()
                today, on_the_way = time.perf_counter() - begun, page.evaluate(OPENED)
                time.sleep(AT_REST)
                begun = time.perf_counter()
                page.locator("[data-key=bar-learners]").click()
                page.locator(".penguin-matrix tbody tr").first.wait_for()
                took, moments = (
                    time.perf_counter() - begun,
                    ", ".join(f"{each / 1000:.2f}" for each in on_the_way.values()),
                )
                lines.append(f"| {'just begun' if not number else 'at work'} | {today:.2f} | {moments} | {took:.2f} |")
                print(lines[-1], file=sys.stderr)
                page.close()
                time.sleep(AT_REST)
        browser.close()
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[40, 200, 1000])
    parser.add_argument("--lessons", type=int, default=14)
    parser.add_argument("--live", type=int, help="let so many learners work while the page asks, and nothing else")
    parser.add_argument("--profile", choices=PARTS, help="tell where the time of this part goes, on the largest class")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--keep", type=Path, help="leave the classes in this folder, and take those that are there")
    parser.add_argument(
        "--browser", type=int, metavar="TIMES", help="open the page so often in Chromium, and nothing else"
    )
    asked = parser.parse_args()
    lines = ["| learners × lessons | part | first (s; CPU) | again (s; CPU) | memory (MB) |", "|---|---|---|---|---|"]
    if asked.live:
        with tempfile.TemporaryDirectory() as place:
            print("\n".join(live(Path(place), asked.live)))
        return
    with place_of(asked.keep) as place:
        if asked.browser:
            print("\n".join(in_browser(class_of(place, asked.sizes[-1], asked.lessons), asked.browser)))
            return
        for size in asked.sizes:
            root = class_of(place, size, asked.lessons).root
            for part in PARTS:
                room = DeskRoom(MentorFolder(root))
                room.warm_up()  # as when the server begins, but for today, which it reads ahead too
                marks._known.clear()  # noqa: SLF001  (of the part before)
                first = "{:.2f}; {:.2f}".format(*ask(room, part))
                room._view = None  # noqa: SLF001  (as once its time is over)
                again, memory = "{:.2f}; {:.2f}".format(*ask(room, part)), psutil.Process().memory_info().rss / 1e6
                lines.append(f"| {size} × {asked.lessons} | {part} | {first} | {again} | {memory:.0f} |")
                print(lines[-1], file=sys.stderr)
        if asked.profile:
            told = cProfile.Profile()
            told.runcall(ask, DeskRoom(MentorFolder(root)), asked.profile)
            pstats.Stats(told, stream=sys.stderr).sort_stats("cumulative").print_stats("classroom|nbgrader|sqlite", 35)
    text = "\n".join(lines) + "\n"
    print(text, end="")
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

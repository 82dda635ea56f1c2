"""A term as its people act it: a course, forty learners with what each hands in, and the mentor's pages in a browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from typer.testing import CliRunner

from classroom.commands.mentor import app
from classroom.folder import CARRIED
from classroom.learner.progress import ProgressStore, Try
from classroom.mentor.classpage.page import NAMES
from classroom.mentor.place.wording import told
from coursebook import load_course

sys.path.append(str(Path(__file__).parents[1] / "classroom" / "mentor"))  # behind this folder, whose conftest is meant

from cohort import answered
from expo_work import Writer
from road import Learner as OwnComputer

if TYPE_CHECKING:
    from cohort import Notebook
    from playwright.sync_api import Locator, Page

    from classroom.mentor.place.folder import MentorFolder
    from coursebook import Course

LEARNERS = [f"s{number:02}" for number in range(40)]
KINDS = ("right", "near miss", "also that near miss", "does not run", "empty", "tampered", "copied cell", "free form")
SCRIPT = "<script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\">"


def hand_in_an_expo(desk: MentorFolder, place: Path, learner: str) -> None:
    """A learner who has an invitation of their own seals a plan and hands the Expo in from another computer."""
    writer = Writer(OwnComputer.at(place, desk, learner, key=True))
    writer.seal()
    writer.hand_in()


def kind_of(student: str) -> str:
    """What a learner hands in; five learners a kind."""
    return KINDS[int(student[1:]) % len(KINDS)]


def term_course(place: Path) -> Course:
    """The course with a free-form question at the end of lesson 1; a copy, as the term changes a rule in it."""
    shutil.copytree(load_course().root, place)
    free = next(place.glob("lessons/01-*/exercises")) / "11-free-form"
    shutil.copytree(next(place.glob("lessons/03-*/exercises/11-*")), free)
    record = free / "exercise.toml"
    record.write_text(record.read_text(encoding="utf-8").replace("L3-11", "L1-11"), encoding="utf-8")
    for text in free.parents[1].glob("lesson.*.md"):
        text.write_text(f"{text.read_text(encoding='utf-8')}\n:::exercise 11-free-form\n", encoding="utf-8")
    return load_course(place)


def change_the_rule(course: Course) -> None:
    """What counted as a wrong prediction in L1-01 is right from now on, and the other way round."""
    folder = next(course.root.glob("lessons/01-*/exercises/01-*"))
    solution, near_miss = folder / "solution.sql", folder / "near-misses" / "header-counted.sql"
    right, wrong = solution.read_text(encoding="utf-8"), near_miss.read_text(encoding="utf-8")
    solution.write_text(wrong, encoding="utf-8")
    near_miss.write_text(right, encoding="utf-8")


def written(course: Course, student: str, lang: str) -> dict[str, str]:
    """A learner's answers by exercise."""
    kind = kind_of(student)
    if kind == "empty":
        return {}
    of = {name: course.exercise(name).in_language(lang) for name in ("L1-01", "L1-03", "L1-07")}
    tests_in = next(each.text for each in of["L1-07"].near_misses if each.stem == "tests-included")
    header = next(each.text for each in of["L1-01"].near_misses if each.stem == "header-counted")
    right = {name: each.solution for name, each in of.items()}
    return {
        "right": right,
        "near miss": {"L1-01": header, "L1-07": tests_in},
        "also that near miss": {"L1-01": header, "L1-07": "\n\n".join(tests_in.splitlines())},
        "does not run": {"L1-03": right["L1-03"], "L1-07": f"SELEC guest_id -- {SCRIPT}"},
        "tampered": {"L1-07": tests_in},
        "copied cell": right,
        "free form": {"L1-11": f"PUU {SCRIPT}"},
    }[kind]


def handed_in(course: Course, student: str, lang: str, released: Notebook) -> Notebook:
    """A learner's notebook."""
    notebook = answered(released, written(course, student, lang))
    if kind_of(student) == "tampered":
        notebook["metadata"]["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        for cell in notebook["cells"]:
            if cell["id"].startswith("grade-"):
                cell["source"] = "10.0"
                cell["metadata"]["tags"] = ["skip-execution"]
    if kind_of(student) == "copied cell":
        copy = next(dict(each) for each in notebook["cells"] if each["id"] == "answer-L1-07")
        first = "".join(copy["source"]).splitlines()[0]
        notebook["cells"].insert(0, {**copy, "id": "copied", "source": f"{first}\nSELECT 1"})
    return notebook


def worked(place: Path) -> None:
    """Progress that goes along with a hand-in: three tries in vain a moment ago, and a question."""
    store, now = ProgressStore(place / CARRIED), datetime.now(UTC)
    for number in range(3):
        store.record(Try("L1-05", now - timedelta(minutes=3 - number), f"SELECT {number} AS n", "refuted", 0.0))
    store.ask("L1-07", f"新しい順にしたい / newest first {SCRIPT}", "guests", "SELECT 1", "1", "10")


@dataclass
class Mentor:
    """A mentor at the command line, who uses nbgrader's exchange."""

    root: Path
    exchange: Path
    lang: str

    def run(self, *arguments: str) -> str:
        """What `penguin mentor` says."""
        done = CliRunner().invoke(app, [*arguments], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    def at(self, *arguments: str) -> str:
        """The same, in the mentor's folder."""
        return self.run(*arguments, "--dir", str(self.root))

    def exchanged(self, step: Any, student: str, place: Path) -> None:
        """Run a learner's step of nbgrader's exchange, as `nbgrader submit --student` does."""
        config = Config()
        config.CourseDirectory.course_id, config.CourseDirectory.assignment_id = self.root.name, "L1"
        config.CourseDirectory.student_id = student
        config.Exchange.root, config.Exchange.cache = str(self.exchange), str(place / "cache")
        config.Exchange.assignment_dir = str(place)
        step(
            coursedir=CourseDirectory(config=config), authenticator=Authenticator(config=config), config=config
        ).start()

    def start(self, port: int) -> subprocess.Popen[str]:
        """`penguin mentor start` in a process of its own."""
        command = [sys.executable, "-m", "classroom", "mentor", "start", "--dir", str(self.root), "--no-browser"]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
        return subprocess.Popen(
            [*command, "--port", str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env=environment,
        )


@dataclass
class Desk:
    """The class page and formgrader in a browser."""

    page: Page
    url: str
    lang: str
    shots: Path

    def shoot(self, name: str) -> None:
        """Leave a picture."""
        place = self.shots / self.lang / f"mentor-{name}.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=place)

    @property
    def base(self) -> str:
        """The server's address, without the class page's path."""
        return self.url.split("/doc", 1)[0]

    def open_class(self) -> None:
        """Open the notebook view of the class, which shows the board without a key pressed."""
        token = f"?{self.url.partition('?')[2]}" if "?" in self.url else ""
        self.page.goto(f"{self.base}/lab/tree/{quote(NAMES[self.lang])}{token}")
        self.page.locator(".jp-Notebook .vega-embed").first.wait_for()
        self.page.wait_for_timeout(500)

    def tab(self, name: str, holding: str = "") -> Locator:
        """Bring a tab to the front, wait for a text in it, and give its content."""
        shown = self.page.locator(".widget-tab-contents > :not(.lm-mod-hidden)")
        whole = re.compile(rf"^{re.escape(told(f'tab.{name}', self.lang))}( \(\d+\))?$")  # “Expo” begins “Export”
        self.page.locator(".widget-tab .lm-TabBar-tab", has_text=whole).click()
        (shown.first.get_by_text(holding).first if holding else shown.first).wait_for()
        self.page.wait_for_timeout(500)
        return shown.first

    def comment_on_group(self, exercise: str, size: int, comment: str, points: str) -> None:
        """Write to the largest group of an exercise, which has so many learners, and wait until it is written."""
        tab = self.tab("groups")
        choice = tab.locator("select").first
        choice.select_option(label=choice.locator("option", has_text=exercise).first.inner_text())
        tab.locator(f"[data-exercise='{exercise}']").first.wait_for()  # what stood there of another is gone
        button = tab.locator("button.mod-primary", has_text=told("group.apply", self.lang, size=size)).first
        button.wait_for()
        self.shoot("groups")
        tab.get_by_placeholder(told("group.comment", self.lang)).first.fill(comment)
        tab.get_by_placeholder(told("group.points", self.lang)).first.fill(points)
        button.click()
        tab.get_by_text(told("group.applied", self.lang, count=size)).first.wait_for()

    def answer_question(self, reply: str, said: str = "") -> None:
        """Answer the first question of the box, and put it into the FAQ; `said` is what the page says then."""
        tab = self.tab("questions", told("question.wanted", self.lang))
        self.shoot("questions")
        tab.get_by_placeholder(told("question.reply", self.lang)).first.fill(reply)
        tab.locator("input[type=checkbox]").first.check()
        tab.locator("button.mod-primary").first.click()
        tab.get_by_text(said or told("question.sent", self.lang, exercise="L1-07")).wait_for()

    def mark_by_rubric(self) -> str:
        """Give the first free-form answer one point and a half in its first criterion; what the page says to it."""
        tab = self.tab("rubric")
        choices = tab.locator(".widget-dropdown select:has(option:text-is('–'))")
        choices.first.select_option(label="1.5")
        for each in choices.all()[1:]:
            each.select_option(label="0")
        name = tab.get_by_label(told("rubric.mentor", self.lang), exact=True)
        name.fill("suzuki")  # nobody is root by name: the points chosen before stay
        name.press("Enter")
        tab.locator("button.mod-primary").first.click()
        saved = tab.get_by_text(told("rubric.saved", self.lang, points="1.5"))
        saved.wait_for()
        self.shoot("rubric")
        return saved.inner_text()

    def open_submission(self, notebook: str, number: int) -> None:
        """Open a submission in formgrader by way of its list."""
        self.page.goto(f"{self.base}/formgrader/gradebook/L1/{notebook}")
        self.page.get_by_role("link", name=f"Submission #{number}", exact=True).click()
        self.page.locator("#grade-L1-07").wait_for()
        loaded = "() => window.formgrader?.loaded && window.formgrader.grade_uis.length && window.formgrader.comment_uis.length"
        self.page.wait_for_function(loaded)

    def grade_by_hand(self, cell: str, points: str, comment: str) -> None:
        """Type points and a comment at an answer of the open submission, and wait until both are saved."""
        score = self.page.locator(f"#grade-{cell}")
        score.click()
        with self.page.expect_response(lambda each: "/api/grade/" in each.url and each.request.method == "PUT"):
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(points)
            self.page.keyboard.press("Escape")
        self.page.locator(f"#answer-{cell}-comment").click()
        with self.page.expect_response(lambda each: "/api/comment/" in each.url and each.request.method == "PUT"):
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(comment)
            self.page.keyboard.press("Escape")


def notebook_of(folder: Path) -> tuple[str, Notebook]:
    """The released notebook of lesson 1 with its name."""
    path = next((folder / "release" / "L1").glob("*.ipynb"))
    return path.stem, json.loads(path.read_text(encoding="utf-8"))

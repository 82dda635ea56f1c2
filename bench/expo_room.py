"""A learner's room against a mentors' desk, both in a real browser: an Expo is handed in, two mentors mark it, and it is read in the room.

    python bench/expo_room.py [--way folder|hand] [--lang en] [--scale std] [--pictures FOLDER]

The learner lives a model of the course, as `bench/expo.py` does, in a class that reaches the desk by a shared folder or by files that are
carried by hand; the second data come from the mentors' tab, both mentors mark there, and a graduate's review goes the same way.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))

from conftest import FLAGS, Lab, find_chromium, start
from serving import free_port, stop, wait_for_url
from term import Desk, Mentor

from classroom.learner.page.handing import OUTGOING
from classroom.mentor.classpage.begin import begin
from classroom.mentor.collecting.collect import collect
from classroom.mentor.expo.peer_reviews import to_release
from classroom.mentor.grading.store import DeskAnswer, DeskStore, DeskSubmission
from classroom.mentor.place.invitations import write_invitations
from classroom.mentor.place.roster import Learner
from classroom.mentor.place.wording import told
from classroom.mentor.returning.send import tell_class
from coursebook.course import course_root
from coursebook.expo import load_expo
from expo import LIVED, Evening

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from classroom.mentor.place.folder import MentorFolder

MENTORS = {"Sato": "22223222322", "Mori": "22222222022"}
"""The points of each, A to K: 24 and 20, two rows apart by more than one."""
CRITERIA = ("three-problems", "consequence", "check", "repair", "tone")
AT = "2027-01-01T00:00:00+00:00"


class Class:
    """Hanako's room and the desk, and the road between them."""

    def __init__(self, place: Path, evening: Evening, desk: MentorFolder, way: str) -> None:
        self.place, self.evening, self.desk, self.way = place, evening, desk, way
        self.lab, self.page = evening.lab, evening.lab.page

    def carry_in(self, wanted: int) -> None:
        """Take what the room has sent, by hand first into the inbox."""
        taken = 0
        for _ in range(120):
            if self.way == "hand":
                for file in (self.lab.folder / OUTGOING[self.lab.lang]).glob("*.json"):
                    file.replace(self.desk.inbox / file.name)
            taken += len(collect(self.desk).taken)
            if taken >= wanted:
                return
            self.page.wait_for_timeout(500)
        raise AssertionError("nothing came to the desk")

    def carry_out(self) -> None:
        """Let the room have what the desk has told: home fetches it, by hand from a file."""
        self.lab.open_home()
        if self.way == "hand":
            with self.page.expect_response(lambda each: "/penguin/receive" in each.url):
                self.page.locator(".penguin-class input[type=file]").set_input_files(self.desk.outbox / "hanako.json")
        else:
            with self.page.expect_response(lambda each: each.url.split("?")[0].endswith("/penguin/class")):
                self.page.reload()
            self.page.locator(".penguin-class").wait_for(timeout=90_000)

    def to_expo(self, at: str) -> None:
        """A page of the Expo."""
        self.lab.press("bar.expo")
        self.evening.room.locator("h1").wait_for(timeout=60_000)
        self.evening.settle()
        self.evening.go(at)


def mark(seen: Desk, mentor: str, points: str, words: str, learner: str = "hanako") -> None:
    """A mentor enters their name, gives points in the eleven rows and saves."""
    tab = seen.tab("expo")
    name = tab.locator(".widget-text input").first
    name.fill(mentor)
    name.press("Enter")
    name.blur()
    rows = tab.locator("select:has(option:text-is('–'))")
    rows.nth(8).wait_for()
    seen.page.wait_for_timeout(1500)
    for number, each in enumerate(points):
        rows.nth(number).select_option(label=each)
    tab.get_by_placeholder(told("expo.words", seen.lang)).first.fill(words)
    tab.locator("button.mod-primary", has_text=told("expo.save", seen.lang)).click()
    tab.get_by_text(told("expo.saved", seen.lang, learner=learner, mentor=mentor)).wait_for()


def review_answers(desk: MentorFolder) -> None:
    """Two graded hand-ins of the review exercise, so that one may be reviewed by the other's author."""
    store, exercise = DeskStore(desk.store_path), load_expo(course_root()).review
    for learner, text in (
        ("hanako", "mine"),
        ("taro", f"### Problem 1\n\ntaro: the join multiplies the rows ({exercise})"),
    ):
        lesson = exercise.partition("-")[0]
        submission = DeskSubmission(lesson, learner, learner, 1, AT, AT, "graded", None, "[]", "")
        answer = DeskAnswer(
            *(lesson, learner, exercise, 1, text, text, learner, "for_mentor", 0, 10, None, None, "", AT, AT)
        )
        store.keep_submission(submission, [answer], [])


def live(both: Class, seen: Desk, effect: str) -> None:
    """From the first card to the marks, and a review after them."""
    evening, lang = both.evening, both.lab.lang
    evening.write_all()
    evening.go("step/second")
    evening.press("expo/seal")
    both.carry_in(1)
    seen.open_class()
    tab = seen.tab("expo", "hanako")
    choice = tab.locator("select", has=seen.page.locator("option", has_text=told("expo.by_lot", lang))).first
    choice.select_option(index=1 + ("none", "small", "real", "harmful").index(effect))
    tab.locator("button.mod-primary", has_text=told("expo.give", lang)).click()
    tab.get_by_text(told("expo.gave", lang, learner="hanako")).wait_for()
    print("the mentors gave the second data", flush=True)
    both.carry_out()
    both.to_expo("step/second")
    evening.press("expo/month")
    evening.report()
    both.carry_in(1)
    print("the report is at the desk", flush=True)
    seen.open_class()
    seen.tab("expo", "hanako")
    for mentor, points in MENTORS.items():
        mark(seen, mentor, points, f"{mentor}: clear rule, well kept")
    seen.page.set_viewport_size({"width": 1366, "height": 2400})
    seen.shoot("expo-tab")
    tab = seen.tab("expo")
    tab.locator("button.mod-primary", has_text=told("expo.return", lang)).click()
    tab.get_by_text(told("expo.went_back", lang, learner="hanako")).wait_for()
    both.carry_out()
    both.page.locator(".penguin-class .penguin-new").first.wait_for(timeout=90_000)
    evening.lab.page.screenshot(path=seen.shots / lang / f"home-{both.way}.png")
    both.lab.press("handin.expo_back")
    evening.settle()
    evening.room.locator("h3", has_text="33").first.wait_for(timeout=90_000)
    evening.shoot("class-back")
    print("in the room:", evening.room.locator("h3", has_text="33").first.inner_text(), flush=True)
    review(both, seen)


def review(both: Class, seen: Desk) -> None:
    """An answer is given out in the tab, reviewed in the room, and comes back to the desk."""
    evening, lang = both.evening, both.lab.lang
    review_answers(both.desk)
    seen.open_class()
    tab = seen.tab("reviews")
    tab.locator("select[multiple]").first.select_option(index=0)
    tab.locator("button.mod-primary", has_text=told("peer.give", lang)).click()
    tab.get_by_text("taro").first.wait_for()
    seen.shoot("reviews-tab")
    tell_class(both.desk)
    both.carry_out()
    both.page.get_by_role("button", name=both.lab.say("handin.reviews", count=1)).click(timeout=90_000)
    evening.settle()
    for each in CRITERIA:
        evening.room.locator(f"[name='points.{each}']").select_option("2")
    evening.room.locator("[name='words']").fill("All three are real; the second says which way the figure errs.")
    evening.shoot("reviews")
    evening.press("review/send")
    both.carry_in(1)
    [one] = to_release(both.desk)
    print("a review came back:", one.review.words, flush=True)
    seen.open_class()
    tab = seen.tab("reviews")
    tab.locator("button.mod-primary", has_text=told("peer.release", lang)).click()
    tab.get_by_text(told("peer.went", lang, author="taro")).wait_for()


def play(chromium: Browser, options: argparse.Namespace) -> None:
    """All of it in one language, one way."""
    lang, way = options.lang, options.way
    name, effect, _ = LIVED[lang]
    model = next(each for each in load_expo(course_root()).models if each.id == name)
    with tempfile.TemporaryDirectory() as folder:
        place, began = Path(folder), time.perf_counter()
        (place / "share").mkdir()
        learners = [Learner("hanako", "Hanako", "Yamada"), Learner("taro", "Taro", "Sato")]
        desk = begin(place / "desk", lang, learners, share=place / "share" if way == "folder" else None)
        desk.inbox.mkdir(exist_ok=True)
        invitation = write_invitations(desk, ["hanako"]) / "hanako.json"
        tell_class(desk)
        room = start(place / "room" / "second-penguin", lang, "--scale", options.scale, "--class", str(invitation))
        mentor = Mentor(desk.root, desk.root, lang).start(free_port())
        context = chromium.new_context(viewport={"width": 1366, "height": 900}, accept_downloads=True)
        context.set_default_timeout(150_000)
        try:
            lab = Lab(lang, place / "room" / "second-penguin", wait_for_url(room), context.new_page(), room)
            seen = Desk(context.new_page(), wait_for_url(mentor), lang, options.pictures or place / "shots")
            live(Class(place, Evening(lab, model, options.pictures), desk, way), seen, effect)
            print(f"{way}, {lang}: {time.perf_counter() - began:.0f} s", flush=True)
        finally:
            context.close()
            stop(room)
            stop(mentor)


def main() -> None:
    """Play one way."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--way", default="folder", choices=["folder", "hand"])
    parser.add_argument("--lang", default="en", choices=["ja", "en"])
    parser.add_argument("--scale", default="std")
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        play(chromium, options)
        chromium.close()


if __name__ == "__main__":
    main()

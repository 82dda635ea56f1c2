"""A week on a company's hub in a real browser: a learner's room and the mentors' desk behind JupyterHub and its proxy.

    python bench/hub_week.py [--lang en] [--parts answers week own night expo team] [--scale std] [--pictures FOLDER]

The learner signs in, answers (in BigQuery's dialect too), hands in, asks, and reads what comes back, in the lesson and on Home; keeps a
view, an alert and lets nights pass; lives a model's Expo, which two mentors mark; or (team, in place of expo) one of a team of two. All of it through the buttons of the pages.
The proxy is the one that operators install with Node, where it is on the PATH.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))

from company import Hub, press_step, running_hub
from conftest import FLAGS, Lab, find_chromium
from expo_room import MENTORS, mark
from fortnight import Room
from term import Desk

from classroom.mentor.classpage.page import TABS
from classroom.mentor.place.wording import told
from coursebook.course import course_root
from coursebook.expo import load_expo
from expo import LIVED, Evening

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

LEARNER, COLLEAGUE, MENTOR = "tanaka", "suzuki", "sato"
TEAM = {"ja": "営業", "en": "Sales"}
NAMES = {
    "ja": ("田中", "花子", "鈴木", "二郎"),
    "en": ("Tanaka", "Hanako", "Suzuki", "Jiro"),
}
"""Last and first names of the learner and of who is in a team with them."""
MEAN = str(sum(int(each) for points in MENTORS.values() for each in points) // len(MENTORS))
"""Points that an Expo comes back with."""
ALERT_SQL = """SELECT (SELECT max(business_date) FROM calendar) AS business_date, count(*) AS talks FROM talks"""


class HubLab(Lab):
    """A learner's room whose server is a hub's: no token, an address below the hub's."""

    def address(self, path: str) -> str:
        """A page of the learner's server."""
        return f"{self.url.rsplit('/doc', 1)[0]}/{path}"


class Week:
    """The learner's page and the mentor's, side by side."""

    def __init__(self, chromium: Browser, hub: Hub, lab: HubLab, desk: Desk, pictures: Path | None) -> None:
        self.chromium = chromium
        self.hub, self.lab, self.desk, self.pictures = hub, lab, desk, pictures
        self.lang, self.page = lab.lang, lab.page

    def shoot(self, name: str, page: Page | None = None) -> None:
        """Leave a picture."""
        if self.pictures:
            self.pictures.mkdir(parents=True, exist_ok=True)
            (page or self.page).wait_for_timeout(700)
            (page or self.page).screenshot(path=self.pictures / f"{self.lang}-{name}.png")

    def tokyo(self, table: str = "guests", more: str = " AND NOT is_test", column: str = "registered_at_utc") -> str:
        """The answer to L1-07."""
        of = "東京都" if self.lang == "ja" else "Tokyo"
        return (
            f"SELECT guest_id, {column}\nFROM {table}\nWHERE prefecture = '{of}'{more}\n"
            "ORDER BY registered_at_utc DESC, guest_id\nLIMIT 10"
        )

    def answers(self) -> None:
        """Lesson 1: right, wrong, and in BigQuery's dialect accepted, refuted and refused."""
        self.lab.open_home()
        self.shoot("1-home")
        self.lab.open_lesson()
        head, line = f"-- {self.lab.word} L1-07\n", "-- dialect: bigquery\n"
        written = {
            "wrong": head + self.tokyo(more=""),
            "bigquery-refused": head + line + self.tokyo(column="strftime(registered_at_utc, '%Y') AS y"),
            "bigquery-wrong": head + line + self.tokyo("`company.shop.guests`", more=""),
            "bigquery-accepted": head + line + self.tokyo("`company.shop.guests`"),
        }
        for name, text in written.items():
            cell = self.lab.answer("L1-07", text)
            cell.scroll_into_view_if_needed()
            self.shoot(f"2-{name}")
            card = cell.locator(".pg-card").first.inner_text()
            print(f"{name}: {' / '.join(card.split(chr(10))[:6])[:600]}", flush=True)
        self.lab.answer(
            "L1-02", f"-- {self.lab.word} L1-02\nSELECT guest_id, verified_at_utc FROM guests ORDER BY guest_id LIMIT 5"
        )

    def week(self) -> None:
        """Release, hand in, collect, grade, comment, give back, ask, reply: and it is read in the lesson and on Home."""
        lang = self.lang
        self.lab.open_home()
        row = self.page.locator(".penguin-class-lessons li[data-lesson=L1]")
        row.locator(".penguin-handin-go").click()
        row.get_by_text(self.lab.say("handin.sent")).wait_for()
        self.shoot("4-handed-in")
        press_step(self.desk, "collect", re.compile(told("week.collected", lang, count=r"\d", questions=r"\d")))
        press_step(self.desk, "grade", told("week.graded", lang, graded=1, skipped=0))
        self.shoot("5-graded", self.desk.page)
        comment, question, reply = {
            "ja": ("並びはよい", "どちらが新しい順ですか", "DESC を付けます"),
            "en": ("The order is right", "which way is newest?", "Write DESC behind the column"),
        }[lang]
        self.desk.comment_on_group("L1-02", 1, comment, "4")
        self.shoot("5-groups", self.desk.page)
        press_step(self.desk, "give_back", told("week.given_back", lang, count=1))
        self.lab.open_home()
        self.page.locator(".penguin-class .penguin-new").first.wait_for()
        self.shoot("6-home-unread")
        row.get_by_role("button", name=re.compile("^L1 ")).click()
        note = self.page.locator(".penguin-back-note[data-exercise='L1-02']", has_text=comment)
        note.wait_for()
        note.scroll_into_view_if_needed()
        self.shoot("7-feedback")
        cell = self.lab.answer("L1-02", f"%ask L1-02 {question}")
        self.shoot("8-asked")
        print("asked:", cell.locator(".pg-card").first.inner_text()[:200], flush=True)
        for _ in range(60):
            press_step(self.desk, "collect", re.compile(told("week.collected", lang, count=r"\d", questions=r"\d")))
            if self.desk.tab("questions").locator("textarea").count():
                break
            self.page.wait_for_timeout(1000)
        self.desk.answer_question(reply, told("question.on_its_way", lang))
        self.shoot("9-answered", self.desk.page)
        self.lab.open_home()
        found = self.page.locator(".penguin-question", has_text=question)
        found.locator("blockquote", has_text=reply).nth(1).wait_for(state="attached")
        self.shoot("10-home-reply")
        for each in found.all():
            each.locator("summary").click()
        found.last.scroll_into_view_if_needed()
        self.shoot("11-home-faq")
        print("faq and reply:", [each.inner_text() for each in found.all()], flush=True)
        row.get_by_role("button", name=re.compile("^L1 ")).click()
        note = self.page.locator(".penguin-back-note[data-exercise='L1-02']", has_text=reply)
        note.wait_for()
        note.scroll_into_view_if_needed()
        self.shoot("12-lesson-reply")
        for tab in TABS:
            self.desk.tab(tab)
            self.shoot(f"13-{tab}", self.desk.page)

    def own(self) -> None:
        """A view of one's own, asked in another notebook and after the night."""
        self.lab.open_lesson()
        cell = self.lab.scratch()
        for text in (
            "CREATE OR REPLACE VIEW my.talks_by_day AS\nSELECT CAST(opened_at_utc + INTERVAL 4 HOUR AS DATE) AS day, count(*) AS talks FROM talks GROUP BY day",
            "SELECT max(day) AS last_day, sum(talks) AS talks FROM my.talks_by_day",
            "%my",
        ):
            self.lab.write(cell, text)
            self.page.keyboard.press("Shift+Enter")
            cell.locator(".penguin-run:not([disabled])").wait_for()
            self.page.wait_for_timeout(1500)
            print("own:", " | ".join(cell.locator(".jp-OutputArea").inner_text().split("\n")[:12]), flush=True)
        self.shoot("14-own")

    def night(self) -> None:
        """An alert that rings on the morning after a night."""
        page = self.page.context.new_page()
        room = Room(self.lab, page)
        room.open()
        room.press("query/new")
        room.fill(name="talks", sql=ALERT_SQL, schedule="daily")
        room.press("query/run")
        room.press("visual/new")
        room.press("alert/new")
        room.fill(name="talks", column="talks", operator=">", threshold="0")
        room.press("alert/save")
        self.shoot("15-alert", page)
        room.let_pass(1)
        print("night:", room.said(), flush=True)
        self.shoot("16-night", page)
        room.go("alerts")
        room.go("alert/1")
        print("alert:", page.locator(".penguin-bi section tbody tr").all_inner_texts(), flush=True)
        self.shoot("17-rang", page)
        room.go("queries")
        room.press("query/new")
        room.fill(name="own", sql="SELECT max(day) AS last_day, sum(talks) AS talks FROM my.talks_by_day")
        room.press("query/run")
        print("my. in BI:", " ".join(page.locator(".penguin-bi table").last.inner_text().split()), flush=True)
        self.shoot("18-own-in-bi", page)
        page.close()

    def expo(self) -> None:
        """A model's Expo from its first card to the mentors' marks in the room."""
        lang, desk = self.lang, self.desk
        name, effect, _ = LIVED[lang]
        evening = Evening(
            self.lab, next(each for each in load_expo(course_root()).models if each.id == name), self.pictures
        )
        evening.write_all()
        evening.go("step/second")
        evening.press("expo/seal")
        print("sealed", flush=True)
        self.at_the_desk("expo", LEARNER)
        tab = desk.tab("expo", LEARNER)
        choice = tab.locator("select", has=desk.page.locator("option", has_text=told("expo.by_lot", lang))).first
        choice.select_option(index=1 + ("none", "small", "real", "harmful").index(effect))
        tab.locator("button.mod-primary", has_text=told("expo.give", lang)).click()
        tab.get_by_text(told("expo.gave", lang, learner=LEARNER)).wait_for()
        self.shoot("20-expo-given", desk.page)
        self.fetched()
        self.to_expo(evening, "step/second")
        evening.press("expo/month")
        evening.report()
        print("reported", flush=True)
        self.collect_until(lambda: self.received() >= 2)
        desk.open_class()
        desk.tab("expo", LEARNER)
        for mentor, points in MENTORS.items():
            mark(desk, mentor, points, f"{mentor}: clear rule, well kept", LEARNER)
        desk.page.set_viewport_size({"width": 1366, "height": 2400})
        self.shoot("21-expo-marked", desk.page)
        tab = desk.tab("expo")
        tab.locator("button.mod-primary", has_text=told("expo.return", lang)).click()
        tab.get_by_text(told("expo.went_back", lang, learner=LEARNER)).wait_for()
        desk.page.set_viewport_size({"width": 1366, "height": 900})
        self.fetched()
        self.page.locator(".penguin-class .penguin-new").first.wait_for()
        self.shoot("22-expo-home")
        self.lab.press("handin.expo_back")
        evening.settle()
        evening.room.locator("h3", has_text=MEAN).first.wait_for()
        evening.shoot("23-expo-back")
        print("in the room:", evening.room.locator("h3", has_text=MEAN).first.inner_text(), flush=True)

    def team(self) -> None:
        """Two are put into a team and work on one Expo: the colleague reads with whom, and gets back what the writer gets."""
        lang, page, (last, first, other, others_first) = self.lang, self.desk.page, NAMES[self.lang]
        rows = [f"{LEARNER},{first},{last},{TEAM[lang]}", f"{COLLEAGUE},{others_first},{other},{TEAM[lang]}"]
        roster = self.hub.place / "team.csv"
        roster.write_text("\n".join(["id,first_name,last_name,team", *rows, ""]), encoding="utf-8")
        command = [sys.executable, "-m", "classroom", "mentor", "init", str(self.hub.place / "course"), "--hub"]
        subprocess.run([*command, "--lang", lang, "--roster", str(roster)], check=True)
        page.goto(f"{self.hub.url}/user/{MENTOR}/doc")
        page.locator("[data-key='bar-teams']").click()
        page.locator(f"details[data-key='expo-{TEAM[lang]}'] summary").click()
        page.locator(f"details[data-key='expo-{TEAM[lang]}'] select").select_option(LEARNER)
        page.locator(f"details[data-key='expo-{TEAM[lang]}'] button").click()
        page.locator(f"[data-key='part-{TEAM[lang]}']").wait_for()
        self.shoot("19-team", page)
        colleague = self.hub.sign_in(self.chromium, COLLEAGUE)
        section = colleague.locator(".penguin-class", has_text=last)
        section.wait_for()
        print("colleague:", " / ".join(section.inner_text().split("\n")), flush=True)
        self.shoot("19-colleague", colleague)
        self.desk.open_class()
        self.expo()
        page.goto(f"{self.hub.url}/user/{MENTOR}/doc")
        page.locator("[data-key='bar-teams']").click()
        page.locator(f"[data-key='part-{TEAM[lang]}']").wait_for()
        self.shoot("24-team-marked", page)
        with colleague.expect_response(lambda each: each.url.split("?")[0].endswith("/penguin/class")):
            colleague.reload()
        section.get_by_text(self.lab.say("handin.expo_back")).first.wait_for()
        print("colleague:", " / ".join(section.inner_text().split("\n")), flush=True)
        self.shoot("24-colleague-back", colleague)

    def to_expo(self, evening: Evening, at: str) -> None:
        """A page of the Expo."""
        self.lab.press("bar.expo")
        evening.room.locator("h1").wait_for()
        evening.settle()
        evening.go(at)

    def fetched(self) -> None:
        """Home, which has asked the service for what is new."""
        self.lab.open_home()
        with self.page.expect_response(lambda each: each.url.split("?")[0].endswith("/penguin/class")):
            self.page.reload()
        self.page.locator(".penguin-class").wait_for()

    def at_the_desk(self, tab: str, holding: str) -> None:
        """Wait until what the room has sent is seen in a tab of the class page."""
        self.collect_until(lambda: self.received() >= 1)
        self.desk.open_class()
        self.desk.tab(tab, holding)

    def received(self) -> int:
        """How many letters of an Expo the service has been given."""
        return len(list((self.hub.place / "exchange").rglob("from/*/expo-*.json")))

    def collect_until(self, is_there: Callable[[], bool]) -> None:
        """Press collect until it is there; the page collects by itself, too."""
        for _ in range(120):
            if is_there():
                break
            self.page.wait_for_timeout(500)
        press_step(self.desk, "collect", re.compile(told("week.collected", self.lang, count=r"\d", questions=r"\d")))


def play(chromium: Browser, hub: Hub, options: argparse.Namespace) -> int:
    """The parts that are asked for; gives how many did not come to their end."""
    desk_page, page = hub.sign_in(chromium, MENTOR), hub.sign_in(chromium, LEARNER)
    url = f"{hub.url}/user/{LEARNER}/doc"
    lab = HubLab(options.lang, hub.place / "home" / LEARNER / "second-penguin", url, page, None)
    pictures = options.pictures or hub.place / "shots"
    desk = Desk(desk_page, desk_page.url, options.lang, pictures)
    desk.open_class()
    press_step(desk, "release", told("week.is_released", options.lang, lesson="L1"))  # with it the class is out
    week, failed = Week(chromium, hub, lab, desk, options.pictures), 0
    for part in options.parts:
        began = time.perf_counter()
        try:
            getattr(week, part)()
            print(f"== {part}: {time.perf_counter() - began:.0f} s", flush=True)
        except Exception:  # noqa: BLE001  (told; the other parts are seen as well)
            failed += 1
            traceback.print_exc()
            week.shoot(f"failed-{part}")
            week.shoot(f"failed-{part}-desk", desk_page)
    return failed


def main() -> int:
    """Play them in one language."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", default="en", choices=["ja", "en"])
    parser.add_argument("--parts", nargs="+", default=["answers", "week", "own", "night", "expo"])
    parser.add_argument("--scale", default="std")
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as named, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        with running_hub(Path(named), options.lang, scale=options.scale) as hub:
            failed = play(chromium, hub, options)
        chromium.close()
    return failed


if __name__ == "__main__":
    sys.exit(main())

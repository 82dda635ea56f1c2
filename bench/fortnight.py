"""Lives a fortnight in the BI room through its page in Chromium, and holds what rang against what was planted.

    python bench/fortnight.py [--lang ja] [--shots FOLDER]

Four queries are written (two of them with alerts, one with two parameters), put on a dashboard, one of them is broken, and
fourteen nights pass: two of them by a button that was pressed in a window which had not seen the night before, and the
server is killed and started again halfway. Each line that is printed says what was expected and what was seen; the last
one counts what differed. Pictures: queries, one query, dashboard, alert, log and slide, in both themes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import ViewportSize, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))

from conftest import FLAGS, Lab, find_chromium, start, stop, wait_for_url

from classroom.messages import say_in
from marketplace.nights import TIMETABLE
from marketplace.nights.timetable import night_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

FIRST, LAST = 27, 40
RESTARTED_AFTER, STALE_AT = 33, (31, 36)
WEEK = 7
_WINDOW: ViewportSize = {"width": 1366, "height": 768}
_DAY = "(SELECT max(business_date) FROM calendar)"
QUERIES = {
    "late": f"""SELECT {_DAY} AS business_date, count(*) AS late FROM list_impressions
WHERE ingested_at_utc >= {_DAY} - INTERVAL 4 HOUR AND ingested_at_utc - shown_at_utc > INTERVAL 12 HOUR""",
    "doubles": f"""SELECT {_DAY} AS business_date, count(*) - count(DISTINCT (session_id, cast_id, position, shown_at_utc)) AS doubles
FROM list_impressions WHERE shown_at_utc >= {_DAY} - INTERVAL 4 HOUR""",
    "talks": """%parameter area query SELECT area_code FROM areas ORDER BY area_code
%parameter period range last_28_days
SELECT k.business_date AS day, count(c.cast_id) AS talks
FROM calendar AS k
LEFT JOIN talks AS t ON CAST(t.opened_at_utc + INTERVAL 4 HOUR AS DATE) = k.business_date
LEFT JOIN casts AS c ON c.cast_id = t.cast_id AND c.area_code = '{{ area }}'
WHERE k.business_date BETWEEN '{{ period.start }}' AND '{{ period.end }}'
GROUP BY day ORDER BY day""",
    "broken": "SELECT count(*) AS requests FROM appointments",
}
BROKEN = "SELECT no_such_column FROM appointments"
ALERTS = {"late": ("late", ">=", "10"), "doubles": ("doubles", ">", "0")}


def write_into(field: Locator, text: str) -> None:
    """Write into a field; one for SQL is out of sight behind the lessons' editor, in which a person writes."""
    if not field.evaluate("element => element.hidden"):
        field.fill(text)
        return
    editor = field.locator("xpath=ancestor::label/following-sibling::*[1]").locator(".cm-content")
    editor.click()
    for key in ("Control+A", "Delete"):
        field.page.keyboard.press(key)
    field.page.keyboard.insert_text(text)


class Room:
    """The BI room in one window."""

    def __init__(self, lab: Lab, page: Page) -> None:
        self.lab, self.page, self.lang = lab, page, lab.lang
        self.faults: list[str] = []
        page.on("pageerror", lambda fault: self.faults.append(f"the page: {fault}"))
        page.on("dialog", lambda dialog: dialog.accept())

    def open(self) -> None:
        """Bring the room to the front."""
        self.page.goto(self.lab.url)
        name = say_in("classroom.learner.page", "bar.bi", self.lang)
        self.page.get_by_role("button", name=name, exact=True).first.click(timeout=90_000)
        self.page.locator(".penguin-bi-clock").wait_for(timeout=90_000)

    def go(self, place: str) -> None:
        """Follow a link or a tab."""
        self.page.locator(f".penguin-bi [data-bi-go='{place}']").first.click()
        self.settle()

    def press(self, action: str, within: str = ".penguin-bi") -> None:
        """Press the first button of an action."""
        self.page.locator(f"{within} [data-bi-do='{action}']").first.click()
        self.settle()

    def settle(self) -> None:
        """Wait until the page has its answer."""
        self.page.locator(".penguin-bi:not([aria-busy])").wait_for(timeout=300_000)

    def fill(self, **fields: str) -> None:
        """Write into fields of the page's first form that has them."""
        for name, value in fields.items():
            field = self.page.locator(f".penguin-bi [name='{name}']").first
            if field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(value)
                self.settle()
            else:
                write_into(field, value)

    def said(self) -> str:
        """What the page says of the last action."""
        return self.page.locator(".penguin-bi-said").inner_text()

    def text(self) -> str:
        """All that the page says."""
        return self.page.locator(".penguin-bi").inner_text()

    def let_pass(self, nights: int) -> None:
        """Let nights go by, whole weeks by their button."""
        weeks, days = divmod(nights, WEEK)
        for at in range(weeks + days):
            button = "[data-bi-do='night'][data-bi-times]" if at < weeks else "[data-bi-do='night'].penguin-primary"
            seen = int(self.seen())
            self.page.locator(f".penguin-bi {button}").click()
            more = WEEK if at < weeks else 1
            self.page.wait_for_function(
                "seen => JSON.parse(document.querySelector('[data-bi-do=night]')?.dataset.biFields || '{}').seen == seen",
                arg=str(seen + more),
                timeout=600_000,
            )
            self.settle()

    def seen(self) -> str:
        """How many nights this window has seen go by."""
        fields = self.page.locator(".penguin-bi [data-bi-do='night']").first.get_attribute("data-bi-fields")
        return str(fields).rsplit('"', 2)[1]


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        process = start(Path(place) / "second-penguin", options.lang)
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        lab = Lab(options.lang, Path(place) / "second-penguin", wait_for_url(process), chromium.new_page(), process)
        try:
            differing = live(
                lab, chromium.new_page(viewport=_WINDOW), chromium.new_page(viewport=_WINDOW), options.shots
            )
        finally:
            chromium.close()
            stop(lab.process or process)
    print(f"differing: {differing}")
    return min(differing, 1)


def live(lab: Lab, page: Page, other_page: Page, shots: Path | None) -> int:
    """The fortnight; gives how much was not as expected."""
    room, other = Room(lab, page), Room(lab, other_page)
    room.open()
    room.let_pass(FIRST - 1)
    for name, sql in QUERIES.items():
        room.go("queries")
        room.press("query/new")
        room.fill(name=name, sql=sql, schedule="daily")
        room.press("query/run")
        room.press("visual/new")
        if name in ALERTS:
            room.press("alert/new")
            column, operator, threshold = ALERTS[name]
            room.fill(name=name, column=column, operator=operator, threshold=threshold)
            room.press("alert/save")
    _board(room)
    room.go("queries")
    room.go("query/4")
    room.fill(sql=BROKEN)
    room.press("query/save")
    wrong = _nights(room, other, lab)
    wrong += _compare("rang", _rang(room), _planted())
    room.go("dashboards")
    room.go("dashboard/1")
    wrong += _compare(
        "areas to choose from", room.page.locator(".penguin-bi [name='chosen.area'] option").count() > 3, True
    )
    failed = say_in("classroom.learner.bi", "board.failed", room.lang)
    wrong += _compare("the dashboard tells which numbers are old", room.text().count(failed), 1)
    room.fill(**{"chosen.period": "last_7_days"})
    room.press("board/choose")
    wrong += _compare("days of the last seven", _days(room), WEEK)
    if shots:
        _shoot(room, shots)
    return wrong + _compare("faults of the pages", [*room.faults, *other.faults], [])


def _board(room: Room) -> None:
    room.go("dashboards")
    room.fill(name="morning")
    room.press("board/new")
    for number in range(1, len(QUERIES) + 1):
        room.fill(visual=str(number))
        room.press("board/add")
    room.press("board/width", "tbody tr:nth-child(3)")
    room.page.locator(".penguin-bi [data-bi-go='dashboard/1']").first.click()
    room.settle()
    room.press("board/refresh")


def _nights(room: Room, other: Room, lab: Lab) -> int:
    """Fourteen nights, with a stale window and a restart."""
    wrong = 0
    for night in range(FIRST, LAST + 1):
        if night in STALE_AT:
            other.open()
        if night == RESTARTED_AFTER + 1:
            lab.lose_server()
            lab.bring_server_back()
            room.open()
            wrong += _compare("nights gone by after the restart", room.seen(), str(RESTARTED_AFTER))
        room.let_pass(1)
        failed = say_in("classroom.learner.bi", "clock.failed", room.lang, count=1)
        wrong += _compare(f"night {night}: the query that can't run is told", failed in room.said(), True)
        if night in STALE_AT:
            other.press("night")
            wrong += _compare(
                "the stale window", say_in("classroom.learner.bi", "clock.not_gone", room.lang) in other.said(), True
            )
            wrong += _compare("nights gone by", other.seen(), str(night))
    return wrong


def _rang(room: Room) -> dict[str, list[str]]:
    """For each alert the mornings on which it told people, and how it stood then, oldest first."""
    found = {}
    for number, name in enumerate(ALERTS, 1):
        room.go("alerts")
        room.go(f"alert/{number}")
        rows = room.page.locator(".penguin-bi section tbody tr").all_inner_texts()
        found[name] = ["\t".join(row.split("\t")[::2]) for row in reversed(rows) if "♪" in row]
        found[f"{name}, times looked at"] = [str(len(rows))]
    return found


def _planted() -> dict[str, list[str]]:
    """The same from the timetable: late rows lie in the night after, doubles until the last night."""
    from classroom.learner.bi.place import morning_text

    (late,) = (each for each in TIMETABLE if each.kind == "late_batch" and FIRST <= night_of(each.first) <= LAST)
    (double,) = (each for each in TIMETABLE if each.kind == "double_release")
    lang = _options().lang
    states = [say_in("classroom.learner.bi", f"state.{each}", lang) for each in ("triggered", "ok")]
    nights = str(LAST - FIRST + 1 + 1)  # every morning, and when the dashboard was refreshed by hand
    after = night_of(late.last) + 1
    lines = [(after, states[0]), (after + 1, states[1])]
    return {
        "late": [f"{morning_text(night, lang)}\t{state}" for night, state in lines],
        "late, times looked at": [nights],
        "doubles": [f"{morning_text(night_of(double.first), lang)}\t{states[0]}"],
        "doubles, times looked at": [nights],
    }


def _days(room: Room) -> int:
    """Points of the one line that is drawn."""
    room.page.locator(".penguin-bi-wide .mark-symbol path").first.wait_for(timeout=60_000)
    return room.page.locator(".penguin-bi-wide .mark-symbol path").count()


def _shoot(room: Room, shots: Path) -> None:
    """Pictures of the pages in both themes."""
    shots.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        room.page.locator("body").press("Escape")
        room.page.get_by_role("button", name=say_in("classroom.learner.page", "bar.more", room.lang)).first.click()
        room.page.get_by_role("button", name=say_in("classroom.learner.page", f"menu.{theme}", room.lang)).first.click()
        room.page.keyboard.press("Escape")
        for place in ("queries", "query/3", "dashboards", "dashboard/1", "alerts", "alert/1", "log"):
            room.go(place)
            _picture(room, shots / f"{place.replace('/', '-')}-{theme}.png")
        room.go("queries")
        room.go("query/3")
        room.go("slide/3")
        _picture(room, shots / f"slide-{theme}.png")


def _picture(room: Room, path: Path) -> None:
    room.page.wait_for_timeout(1_000)
    room.page.set_viewport_size({"width": 1366, "height": 1600})
    room.page.wait_for_timeout(300)
    room.page.screenshot(path=path)
    room.page.set_viewport_size(_WINDOW)


def _compare(what: str, seen: object, expected: object) -> int:
    print(
        f"{'as expected' if seen == expected else 'DIFFERS'}: {what}: {seen}"
        + ("" if seen == expected else f", expected {expected}")
    )
    return int(seen != expected)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lang", choices=("ja", "en"), default="ja")
    parser.add_argument("--shots", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

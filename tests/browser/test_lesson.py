"""A lesson's page: the verdict is in sight, the selection stays, and nothing that is typed or clicked destroys anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from axe import violations
from serving import notebook_in

from classroom.messages import say, say_in
from coursebook import load_course

if TYPE_CHECKING:
    from conftest import Lab
    from playwright.sync_api import Locator, Page

    from coursebook import LessonExercise

pytestmark = pytest.mark.browser

SIZES = [(1024, 640), (1366, 768), (1920, 1080)]
ZOOMS = [1.0, 1.5]
ASKED = ("L1-02", "L1-05", "L1-07", "L1-10")
SEEN = """([cell]) => {
  const scroller = cell.closest('.jp-WindowedPanel-outer').getBoundingClientRect();
  const title = cell.querySelector('.jp-OutputArea .pg-title').getBoundingClientRect();
  return {above: title.top - scroller.top, below: scroller.bottom - title.bottom,
          selected: cell.classList.contains('jp-mod-active')};
}"""


@pytest.fixture(scope="module", autouse=True)
def opened(lab: Lab) -> None:
    lab.open_lesson()


def exercise(lab: Lab, name: str) -> LessonExercise:
    return load_course().exercise(name).in_language(lab.lang)


def seen(cell: Locator) -> dict[str, Any]:
    cell.page.wait_for_timeout(400)
    handle = cell.element_handle()
    return dict(cell.page.evaluate(SEEN, [handle]))


@pytest.mark.parametrize("size", SIZES)
def test_the_verdict_is_in_the_window_and_the_answer_stays_selected(lab: Lab, size: tuple[int, int]) -> None:
    """A browser's zoom gives the page fewer pixels of its own; that is what is set here."""
    for zoom in ZOOMS:
        lab.page.set_viewport_size({"width": int(size[0] / zoom), "height": int(size[1] / zoom)})
        try:
            for name in ASKED:
                wrong = exercise(lab, name).near_misses[0].text
                for text in (wrong, "SELECT nothing_of_that_name FROM guests", exercise(lab, name).solution):
                    where = seen(lab.answer(name, text))
                    assert where["selected"], (name, text)
                    assert where["above"] >= 0, (name, text, where)
                    assert where["below"] >= 0, (name, text, where)
            lab.shoot(f"verdict-{size[0]}-{int(zoom * 100)}")
        finally:
            lab.page.set_viewport_size({"width": 1366, "height": 768})


def test_a_right_answer_ticks_its_heading_and_its_dot_and_leads_on(lab: Lab) -> None:
    cell = lab.answer("L1-07", exercise(lab, "L1-07").solution)
    lab.page.locator(".penguin-dot.penguin-passed[title*='L1-07']").wait_for(timeout=20_000)
    assert lab.page.locator(".penguin-task.penguin-done", has_text="L1-07").count() == 1
    cell.locator(".penguin-next:focus").wait_for(timeout=20_000)
    before = lab.page.locator(".jp-WindowedPanel-outer").evaluate("node => node.scrollTop")
    lab.page.keyboard.press("Enter")
    assert lab.page.locator(".jp-WindowedPanel-outer").evaluate("node => node.scrollTop") > before
    assert "jp-mod-active" not in (cell.get_attribute("class") or "")


def test_a_wrong_answer_offers_no_way_on(lab: Lab) -> None:
    cell = lab.answer("L1-05", exercise(lab, "L1-05").near_misses[0].text)
    assert cell.locator(".penguin-next").count() == 0


def test_a_wrong_answer_after_a_right_one_is_told_as_both(lab: Lab) -> None:
    lab.answer("L1-05", exercise(lab, "L1-05").solution)
    cell = lab.answer("L1-05", exercise(lab, "L1-05").near_misses[0].text)
    cell.locator(".penguin-card-state", has_text=lab.say("cell.tried_again")).wait_for(timeout=20_000)
    assert lab.page.locator(".penguin-dot.penguin-passed[title*='L1-05']").count() == 1
    lab.shoot("tried-again", cell)


def test_while_it_is_graded_the_card_says_so_and_offers_to_stop(lab: Lab) -> None:
    cell = lab.answer_cell("L1-02")
    lab.write(cell, "SELECT count(*) FROM range(10000000) a, range(10000000) b")
    lab.page.keyboard.press("Shift+Enter")
    stop = cell.get_by_role("button", name=lab.say("cell.stop"), exact=True)
    stop.wait_for(timeout=5_000)
    assert cell.locator(".penguin-run").get_attribute("aria-busy") == "true"
    assert cell.get_by_text(lab.say("cell.grading")).count()
    lab.shoot("grading", cell)
    lab.page.wait_for_timeout(1500)
    stop.click()
    cell.get_by_text(say("stopped.title", lab.lang)).first.wait_for(timeout=30_000)


def cells(page: Page) -> list[str]:
    return [
        str(each)
        for each in page.evaluate("[...document.querySelectorAll('.jp-Cell')].map(each => each.innerText.slice(0, 40))")
    ]


def saved_answer(lab: Lab, name: str) -> str:
    """The text of an answer's cell in the lesson's file."""
    read = notebook_in(next(lab.folder.glob("01 *.ipynb")))
    return next("".join(each["source"]) for each in read["cells"] if each["id"] == f"answer-{name}")


def test_no_key_adds_moves_or_deletes_a_cell(lab: Lab) -> None:
    page = lab.page
    before = cells(page)
    for kind in (".penguin-text", ".penguin-example", ".penguin-answer"):
        page.locator(f".jp-Cell{kind}").first.click(position={"x": 5, "y": 5})
        page.keyboard.press("Escape")
        for key in [*"aaabddxcvmyrz1", "Shift+M", "Control+Shift+ArrowUp", "Delete", "Shift+V"]:
            page.keyboard.press(key)
    page.wait_for_timeout(500)
    assert cells(page) == before
    assert page.locator(".jp-Dialog, .jp-mod-searchable .jp-DocumentSearch-overlay:visible").count() == 0


def test_text_stays_text_under_a_double_click(lab: Lab) -> None:
    for cell in (lab.page.locator(".penguin-text").first, lab.page.locator(".penguin-task").first):
        cell.dblclick()
        lab.page.keyboard.press("Enter")
        assert cell.locator(".cm-content:visible").count() == 0
    lab.page.keyboard.press("Escape")


def test_the_line_that_names_the_exercise_can_t_be_lost(lab: Lab) -> None:
    cell = lab.answer_cell("L1-10")
    cell.locator(".cm-content").click()
    for key in ("Control+A", "Delete", "Backspace", "ArrowUp", "Home", "Backspace"):
        lab.page.keyboard.press(key)
    lab.page.keyboard.insert_text("SELECT 1")
    wanted = f"-- {lab.word} L1-10\nSELECT 1"
    for _ in range(60):  # the page saves by itself a little after the last key; on a busy machine later
        lab.page.wait_for_timeout(500)
        if (saved := saved_answer(lab, "L1-10")) == wanted:
            break
    assert saved == wanted


def test_a_scratch_cell_comes_and_goes_by_a_button(lab: Lab) -> None:
    before = cells(lab.page)
    cell = lab.scratch()
    lab.write(cell, "SELECT 42 AS found")
    lab.page.keyboard.press("Shift+Enter")
    cell.locator("th", has_text="found").wait_for(timeout=20_000)
    lab.press("cell.remove", cell)
    lab.page.wait_for_timeout(500)
    assert cells(lab.page) == before


def text_of(cell: Locator) -> str:
    """What stands in an editor, line by line."""
    return "\n".join(cell.locator(".cm-line").all_inner_texts())


def test_a_button_lays_an_answer_out_and_undo_brings_back_what_was_there(lab: Lab) -> None:
    cell = lab.answer_cell("L1-07")
    written = "select guest_id,registered_at_utc from guests -- 名簿\nwhere prefecture='東京都' and not is_test"
    laid = "SELECT guest_id, registered_at_utc\nFROM guests -- 名簿\nWHERE prefecture = '東京都'\n  AND NOT is_test"
    lab.write(cell, written)
    lab.press("cell.format", cell)
    cell.locator(".cm-line", has_text=re.compile("AND NOT")).wait_for(timeout=20_000)
    assert text_of(cell).strip() == laid
    lab.shoot("format", cell)
    lab.page.keyboard.press("Control+Z")
    cell.locator(".cm-line", has_text="='東京都'").wait_for(timeout=20_000)
    assert text_of(cell).strip() == written
    lab.page.keyboard.press("Control+Shift+Z")
    cell.locator(".cm-line", has_text=re.compile("AND NOT")).wait_for(timeout=20_000)
    lab.press("cell.format", cell)
    cell.locator(".penguin-card-status", has_text=lab.say("cell.format_done")).wait_for(timeout=20_000)
    lab.write(cell, "SELECT (1")
    lab.press("cell.format", cell)
    cell.locator(".penguin-card-status", has_text=say("layout.bracket", lab.lang, line=1)).wait_for(timeout=20_000)
    assert text_of(cell).strip() == "SELECT (1"
    lab.shoot("format-open-bracket", cell)


def test_a_wide_result_keeps_its_columns_readable_and_its_frame_low(lab: Lab) -> None:
    cell = lab.scratch()
    for statement, rows in (("SELECT * FROM messages LIMIT 3", 3), ("SELECT * FROM messages", 50)):
        lab.write(cell, statement)
        lab.page.keyboard.press("Shift+Enter")
        cell.locator(f".pg-result tbody tr:nth-child({rows})").wait_for(timeout=20_000, state="attached")
        cell.locator(".penguin-run:not([aria-busy])").wait_for(timeout=20_000)
        seen = cell.evaluate(
            """cell => {
              const frame = cell.querySelector('.pg-result > .pg-scroll');
              const size = each => each.getBoundingClientRect();
              return {
                body: size([...cell.querySelectorAll('th')].find(each => each.childNodes[0].textContent === 'body')).width,
                rows: Math.max(...[...cell.querySelectorAll('tbody tr')].map(each => size(each).height)),
                frame: size(frame).height,
                inside: size(frame).right <= size(cell).right,
                scrolls: frame.scrollWidth > frame.clientWidth,
                numbers: [...cell.querySelectorAll('td.pg-n')].every(each => each.scrollWidth <= each.clientWidth
                  && getComputedStyle(each).whiteSpace === 'nowrap'),
              };
            }"""
        )
        assert seen["body"] > 200, seen
        assert seen["rows"] < 100, seen
        assert seen["frame"] < 500, seen
        assert seen["inside"], seen
        assert seen["scrolls"], seen
        assert seen["numbers"], seen
    assert cell.locator(".pg-caption", has_text=re.compile(r"\d,\d{3}")).count() == 1
    lab.shoot("wide", cell)


def test_a_long_text_is_clipped_until_it_is_clicked(lab: Lab) -> None:
    cell = lab.scratch()
    lab.write(cell, "SELECT repeat('とても長い文章です。', 60) AS letter, 'short' AS word")
    lab.page.keyboard.press("Shift+Enter")
    long = cell.locator(".pg-long")
    long.wait_for(timeout=20_000)
    low = long.bounding_box()
    long.locator("summary").click()
    lab.page.wait_for_timeout(200)
    high = long.bounding_box()
    assert low is not None
    assert high is not None
    assert low["height"] < 80 < high["height"]


def test_an_answer_goes_to_the_bi_room_where_it_runs_by_itself(lab: Lab) -> None:
    page = lab.page
    cell = lab.answer("L1-07", exercise(lab, "L1-07").solution)
    lab.help_aside(cell)
    cell.locator(".pg-panel button", has_text=say_in("classroom.learner.panel", "button.query", lab.lang)).click()
    saving = cell.locator(".pg-drawer")
    saving.locator("input").fill("朝の名簿")
    saving.locator("button", has_text=say_in("classroom.learner.panel", "query.save", lab.lang)).click()
    saving.locator("[role=status]", has_text="朝の名簿").wait_for(timeout=30_000)

    lab.press("bar.bi")
    page.locator(".penguin-bi [data-bi-go='query/1']").first.click(timeout=60_000)
    page.locator("select[name=schedule]").select_option("daily")
    page.locator(".penguin-bi-sql .cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("SELECT registered_at_utc AS day, guest_id AS n FROM guests LIMIT 9")
    page.locator("[data-bi-do='query/run']").click()
    page.locator("[data-bi-do='visual/new']").click(timeout=60_000)
    page.locator(".penguin-bi-visual").wait_for(timeout=30_000)
    page.locator("select[name=kind]").select_option("bar")
    page.locator("select[name=y]").wait_for(timeout=30_000)
    page.locator("select[name=x]").select_option("day")
    page.locator("select[name=y]").select_option("n")
    page.locator(".penguin-bi-visual svg").wait_for(timeout=30_000)
    assert violations(page) == []

    page.locator("input[name=description]").fill("毎朝見る")  # and left without a press of Save
    page.locator("nav [data-bi-go='dashboards']").click()
    page.locator("[data-bi-do='board/new']").wait_for(timeout=30_000)
    page.locator("form input[name=name]").fill("朝会")
    page.locator("[data-bi-do='board/new']").click(timeout=30_000)
    page.locator("[data-bi-do='board/add']").click(timeout=30_000)
    page.locator("[data-bi-do='board/remove']").wait_for(timeout=30_000)
    page.locator("button[data-bi-go='dashboard/1']").click()
    page.locator(".penguin-bi-card svg").wait_for(timeout=30_000)
    page.locator("[data-bi-do=night]").first.click()
    page.locator(".penguin-bi-clock", has_text="1月2日").wait_for(timeout=120_000)
    page.locator(".penguin-bi-card footer", has_text="1月2日").wait_for()
    page.locator(".penguin-bi-card svg").wait_for(timeout=30_000)
    for kind, beginning in (("png", b"\x89PNG"), ("html", b"<!doctype html>")):
        with page.expect_download() as taken:
            page.locator(f"[data-bi-file={kind}]").click()
        assert taken.value.suggested_filename == f"朝会.{kind}"
        assert taken.value.path().read_bytes().startswith(beginning)
    assert violations(page) == []
    lab.shoot("bi-dashboard")
    page.locator("nav [data-bi-go='queries']").click()
    page.locator(".penguin-bi .pg-table", has_text="毎朝見る").wait_for(timeout=30_000)


LANGS = ("ja",)

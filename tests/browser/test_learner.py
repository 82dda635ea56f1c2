"""A learner's evening in JupyterLab."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from classroom.messages import say, say_in

if TYPE_CHECKING:
    from conftest import Lab

pytestmark = pytest.mark.browser
LANGS = ("ja",)

TOKYO = {"ja": "東京都", "en": "Tokyo"}


def newest_of_tokyo(lang: str, more: str = "") -> str:
    """The answer to L1-07 on the practice data of a language; without `AND NOT is_test` it is wrong."""
    return f"""SELECT guest_id, registered_at_utc
FROM guests
WHERE prefecture = '{TOKYO[lang]}'{more}
ORDER BY registered_at_utc DESC, guest_id
LIMIT 10"""


def test_home_leads_to_lesson_one(lab: Lab) -> None:
    assert 'id="penguin-splash"' in lab.page.request.get(lab.url).text()  # before any code of the page has come
    lab.open_home()
    lab.page.locator("#penguin-splash").wait_for(state="detached", timeout=30_000)
    lab.shoot("home")
    lab.page.locator(".penguin-big").click()
    lab.answer_cell("L1-01").wait_for(timeout=60_000)
    lab.page.wait_for_timeout(1000)
    lab.shoot("lesson")


def test_a_wrong_answer_is_named_and_the_corrected_one_accepted(lab: Lab) -> None:
    lab.open_lesson()
    cell = lab.answer("L1-07", newest_of_tokyo(lab.lang))
    card = cell.locator(".pg-wrong")
    assert say("verdict.refuted", lab.lang) in card.inner_text()
    lab.shoot("wrong", cell)
    hint = lab.climb(cell, ".pg-hint-idea").inner_text()
    assert ("テスト用アカウント" if lab.lang == "ja" else "test account") in hint
    lab.shoot("wrong-with-hint", cell)
    cell = lab.answer("L1-07", newest_of_tokyo(lab.lang, " AND NOT is_test"))
    assert say("verdict.accepted", lab.lang) in cell.locator(".pg-right").inner_text()
    lab.shoot("accepted", cell)
    assert cell.locator(".pg-wrong").count() == 0


def test_an_error_is_told_in_a_plain_sentence(lab: Lab) -> None:
    lab.open_lesson()
    cell = lab.answer("L1-05", "SELECT cast_id, display_nam\nFROM casts")
    lab.shoot("error", cell)
    assert say("error.title", lab.lang) in cell.inner_text()
    assert cell.locator("mark", has_text="display_nam").count() == 1


def test_the_panel_shows_the_shape_and_puts_the_start_back(lab: Lab) -> None:
    lab.open_lesson()
    cell = lab.answer("L1-10", "SELECT 1 AS talk_id")
    lab.help_aside(cell)
    cell.locator(".pg-panel button", has_text=say_in("classroom.learner.panel", "button.shape", lab.lang)).click()
    cell.locator(".pg-panel .pg-card", has_text="talk_id").wait_for(timeout=20_000)
    lab.shoot("shape", cell)
    lab.press("cell.reset", cell)
    lab.page.wait_for_timeout(500)
    assert "SELECT 1" not in lab.answer_cell("L1-10").locator(".cm-content").inner_text()


def test_tab_completes_a_table(lab: Lab) -> None:
    lab.open_lesson()
    lab.write(lab.answer_cell("L1-02"), "SELECT guest_id FROM guest_d")
    lab.page.keyboard.press("Tab")
    lab.page.wait_for_function(
        "() => [...document.querySelectorAll('.cm-content')].some(each => each.innerText.includes('guest_devices'))"
        " || document.querySelector('.jp-Completer:not(.lm-mod-hidden)')",
        timeout=20_000,
    )
    lab.page.keyboard.press("Escape")


def test_stop_ends_a_long_query(lab: Lab) -> None:
    lab.open_lesson()
    cell = lab.scratch()
    lab.write(cell, "SELECT count(*) FROM range(10000000) a, range(10000000) b")
    lab.page.keyboard.press("Shift+Enter")
    stop = cell.get_by_role("button", name=lab.say("cell.stop"))
    stop.wait_for(timeout=5_000)
    lab.page.wait_for_timeout(1500)
    stop.click()
    cell.get_by_text(say("stopped.title", lab.lang)).first.wait_for(timeout=30_000)
    stop.wait_for(state="hidden", timeout=10_000)


def test_the_work_is_there_again_after_reopening(lab: Lab) -> None:
    lab.open_lesson()
    lab.answer("L1-07", newest_of_tokyo(lab.lang, " AND NOT is_test"))
    file = next(lab.folder.glob("01 *.ipynb"))
    lab.wait_until_saved(file, "✓ L1-07")
    lab.wait_until_saved(file, "NOT is_test")

"""The rooms aside for everybody: what axe-core checks on the BI room's pages, the Expo's and the level tests', in both themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe import violations

if TYPE_CHECKING:
    from conftest import Lab

pytestmark = pytest.mark.browser
LANGS = ("ja",)


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, lab: Lab) -> str:
    """The room in one of its two themes."""
    if not lab.page.locator(".penguin-bar").count():
        lab.open_home()
    lab.press("bar.more")
    lab.press(f"menu.{request.param}")
    dark = str(request.param == "light").lower()
    lab.page.wait_for_function("light => document.body.dataset.jpThemeLight === light", arg=dark, timeout=20_000)
    lab.page.keyboard.press("Escape")
    return str(request.param)


def settled(lab: Lab) -> list[str]:
    lab.page.locator(".penguin-bi:visible:not([aria-busy])").wait_for(timeout=120_000)
    return violations(lab.page)


def go(lab: Lab, place: str) -> list[str]:
    lab.page.locator(f".penguin-bi:visible [data-bi-go='{place}']").first.click()
    return settled(lab)


def do(lab: Lab, action: str) -> list[str]:
    lab.page.locator(f".penguin-bi:visible [data-bi-do='{action}']").first.click()
    return settled(lab)


def test_the_pages_of_the_bi_room_have_no_barrier(lab: Lab, theme: str) -> None:
    lab.open_home()
    lab.press("bar.bi")
    found = {"queries": settled(lab)}
    found |= {each: go(lab, each) for each in ("dashboards", "alerts", "log")}
    found["dashboards"] += go(lab, "dashboards")
    if lab.page.locator("[data-bi-do='sample/make']").count():
        found["sample"] = do(lab, "sample/make")
    else:
        found["sample"] = go(lab, "dashboard/1")
    found["arranged"] = go(lab, "dashboard/1/edit")
    found["filed"] = go(lab, "queries")
    for query in ("query/1", "query/2"):
        found[query] = go(lab, query)
        found[f"{query}/history"] = go(lab, f"{query}/history")
        go(lab, "queries")
    go(lab, "query/2")
    found["slide"] = go(lab, "slide/2")
    go(lab, "queries")
    go(lab, "query/2")
    found["alert"] = do(lab, "alert/new")
    found["night"] = do(lab, "night")
    found["after a night"] = go(lab, "log")
    assert {name: each for name, each in found.items() if each} == {}


def test_the_expos_pages_have_no_barrier(lab: Lab, theme: str) -> None:
    lab.open_home()
    lab.press("bar.expo")
    found = {"first": settled(lab)}
    places = lab.page.locator(".penguin-bi:visible nav [data-bi-go]").evaluate_all(
        "all => all.map(each => each.dataset.biGo)"
    )
    assert places
    found |= {each: go(lab, each) for each in places}
    assert {name: each for name, each in found.items() if each} == {}


def test_the_level_tests_have_no_barrier(lab: Lab, theme: str) -> None:
    lab.open_home()
    lab.press("bar.more")
    lab.press("menu.exam")
    found = {"list": settled(lab)}
    practising = lab.page.locator(".penguin-bi:visible [data-bi-do]")
    if practising.count():
        lab.page.on("dialog", lambda dialog: dialog.accept())
        practising.first.click()
        found["paper"] = settled(lab)
    assert practising.count()
    assert {name: each for name, each in found.items() if each} == {}


def test_the_question_of_the_day_has_no_barrier(lab: Lab, theme: str) -> None:
    lab.open_practice()
    lab.page.locator("[data-penguin-run='%practice today']:visible").first.click()
    lab.wait_until_idle()
    assert violations(lab.page) == []

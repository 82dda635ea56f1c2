"""A learner's week in a class, in a browser: hand in, read what came back under the answer, ask, and see the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe import violations
from cohort import seeded
from conftest import Lab, asked_elsewhere, start
from serving import SHOTS, free_port, stop, wait_for_url
from term import Desk, Mentor, hand_in_an_expo

from classroom.exchange.invitation import BY_FOLDER
from classroom.mentor.classpage.begin import begin
from classroom.mentor.classpage.groups import comment_on
from classroom.mentor.classpage.page import TABS
from classroom.mentor.classpage.questions import answer_question, read_questions
from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.place.calendar import read_due, zone_of
from classroom.mentor.place.invitations import invitation_for, write_invitations
from classroom.mentor.place.roster import Learner
from classroom.mentor.returning.feedback import make_feedback
from classroom.mentor.returning.workflow import collect, release, release_feedback

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from classroom.mentor.place.folder import MentorFolder

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore"),  # nbgrader's own, on this Python and this SQLAlchemy
]
LANGS = ("ja",)
WORDS = {"ja": ("どちらが新しい順ですか", "DESC を付けます"), "en": ("which way is newest?", "add DESC")}


@pytest.fixture(scope="module")
def desk(lang: str, tmp_path_factory: pytest.TempPathFactory) -> MentorFolder:
    """A class with a shared folder in which lesson 1 is out."""
    place = tmp_path_factory.mktemp("class")
    (place / "share").mkdir()
    learners = [Learner("hanako", "花子", "山田")]
    made = begin(seeded(place / "desk"), lang, learners, share=place / "share", zone="Asia/Tokyo")
    release(made, "L1", read_due("2099-01-31", zone_of(made)), to_exchange=True)
    write_invitations(made, ["hanako"])
    return made


@pytest.fixture(scope="module")
def lab(desk: MentorFolder, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Hanako's room, which joined with her invitation."""
    folder = tmp_path_factory.mktemp("hanako") / "second-penguin"
    process = start(folder, desk.lang, "--class", str(desk.root / "invitations" / "hanako.json"))
    context = browser.new_context(viewport={"width": 1366, "height": 900}, timezone_id="Asia/Tokyo", locale=desk.lang)
    elsewhere = asked_elsewhere(context)
    try:
        yield Lab(desk.lang, folder, wait_for_url(process), context.new_page(), process)
        assert elsewhere == []
    finally:
        context.close()
        stop(process)


def test_a_learner_s_week_in_a_class(lab: Lab, desk: MentorFolder) -> None:
    page, lang = lab.page, lab.lang
    assert invitation_for(desk, "hanako").way == BY_FOLDER
    lab.open_home()
    row = page.locator(".penguin-class-lessons li[data-lesson=L1]")
    row.wait_for(timeout=60_000)
    assert "2099" in row.inner_text()
    assert ("23:59" if lang == "ja" else "11:59") in row.inner_text()
    lab.shoot("class-home-before")

    lab.open_lesson()
    lab.answer("L1-01", desk.course.exercise("L1-01").in_language(lang).solution)
    box = page.locator(".penguin-end .penguin-handin")
    page.locator(".penguin-bar-count", has_text="1 / 10").wait_for(timeout=60_000)  # the end was drawn anew
    box.locator(".penguin-handin-go").click()
    box.get_by_role("button", name=lab.say("handin.look")).wait_for(timeout=90_000)
    lab.shoot("class-handed-in")
    lab.press("handin.look", box)
    page.locator(".penguin-popup summary", has_text="L1-01").wait_for(timeout=30_000)
    page.keyboard.press("Escape")

    assert collect(desk).taken == 1
    assert grade_assignment(desk, "L1").graded == ["hanako"]
    comment_on(desk, "L1", "L1-01", ["hanako"], comment="よい / well done")
    make_feedback(desk, "L1")
    release_feedback(desk, "L1")
    lab.open_home()
    lab.open_lesson()
    note = page.locator(".penguin-back-note[data-exercise='L1-01']")
    note.wait_for(timeout=60_000)
    assert "well done" in note.inner_text()
    assert "10" in note.inner_text()
    note.scroll_into_view_if_needed()
    lab.shoot("class-feedback-in-lesson")

    asked, reply = WORDS[lang]
    lab.wait_until_idle()
    cell = lab.scratch()
    lab.write(cell, f"%ask L1-07 {asked}")
    page.keyboard.press("Control+Enter")
    cell.locator(".pg-card").first.wait_for(timeout=60_000)
    for _ in range(60):
        if collect(desk).questions:
            break
        page.wait_for_timeout(500)
    (question,) = read_questions(desk, "L1", {})
    answer_question(desk, question, reply, "佐藤", in_faq=True)
    lab.open_home()
    page.locator(".penguin-class h2 .penguin-new").wait_for(timeout=90_000)
    page.locator(".penguin-question summary", has_text=asked).first.click()
    page.locator(".penguin-question blockquote", has_text=reply).first.wait_for()
    lab.shoot("class-home-after")
    with page.expect_popup() as opened:
        row.get_by_role("link", name=lab.say("handin.feedback")).click()
    opened.value.get_by_text("well done").wait_for(timeout=60_000)
    opened.value.close()
    assert "<script" not in page.request.get(lab.address("penguin/feedback/L1")).text()


def test_what_a_class_adds_to_the_room_has_no_barrier(lab: Lab) -> None:
    """The class at home with its receipt and reply; the feedback, the question and the hand-in in the lesson."""
    lab.open_home()
    lab.page.locator(".penguin-question").first.wait_for(timeout=60_000)
    assert violations(lab.page) == []
    lab.open_lesson()
    lab.page.locator(".penguin-back-note").first.wait_for(timeout=60_000)
    assert violations(lab.page) == []


def test_the_class_page_has_no_barrier(desk: MentorFolder, browser: Browser, tmp_path: Path) -> None:
    hand_in_an_expo(desk, tmp_path / "hanako", "hanako")
    process = Mentor(desk.root, desk.root, desk.lang).start(free_port())
    context = browser.new_context(viewport={"width": 1000, "height": 700})  # so that not everything fits
    context.set_default_timeout(150_000)  # a machine may be busy
    try:
        seen = Desk(context.new_page(), wait_for_url(process), desk.lang, SHOTS)
        seen.open_class()
        bar, heads = seen.page.locator(".widget-tab > .lm-TabBar"), seen.page.locator(".widget-tab .lm-TabBar-tab")
        assert [heads.nth(number).is_visible() for number in range(len(TABS))] == [True] * len(TABS)
        edges = heads.evaluate_all("found => found.map(each => each.getBoundingClientRect().right)")
        assert max(edges) <= bar.evaluate("found => found.getBoundingClientRect().right") + 1  # none is cut off
        for name in TABS:
            seen.tab(name)
            assert violations(seen.page, ".jp-OutputArea") == [], name
    finally:
        context.close()
        stop(process)

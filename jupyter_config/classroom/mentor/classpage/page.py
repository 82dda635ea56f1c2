"""The class page: tabs of widgets in a notebook of the mentor's own JupyterLab."""

from __future__ import annotations

import json
import logging
import sqlite3
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from html import escape
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom.appearance import style_tag
from classroom.mentor.classpage.attention import needs_attention
from classroom.mentor.classpage.attention_tab import attention_tab
from classroom.mentor.classpage.board import build_board
from classroom.mentor.classpage.charts import board_chart
from classroom.mentor.classpage.forgetting_tab import forgetting_tab
from classroom.mentor.classpage.group_tab import groups_tab
from classroom.mentor.classpage.progress_files import read_files
from classroom.mentor.classpage.questions import read_questions
from classroom.mentor.classpage.refreshing import begin_refreshing, one_after_another
from classroom.mentor.classpage.rubric_tab import rubric_tab
from classroom.mentor.classpage.stuck_tab import stuck_line, stuck_tab
from classroom.mentor.classpage.tabs import bank_tab, export_tab, items_tab, questions_tab, slips_tab
from classroom.mentor.classpage.week import Week
from classroom.mentor.collecting.collect import collect
from classroom.mentor.exam.marking import mark_exams
from classroom.mentor.expo.review_tab import review_tab
from classroom.mentor.expo.tab import expo_tab
from classroom.mentor.place.calendar import zone_of
from classroom.mentor.place.copies import keep_copies, lost_stores
from classroom.mentor.place.faults import DeskFault, told_faults
from classroom.mentor.place.folder import MentorFolder, find_mentor_folder
from classroom.mentor.place.gradebook import full_names
from classroom.mentor.place.stores import StoreDamaged
from classroom.mentor.place.wording import html_box, told
from classroom.messages import say
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from classroom.mentor.classpage.board import Board
    from classroom.mentor.classpage.progress_files import LearnersFile

_log = logging.getLogger(__name__)
MOST_FIRST = 6
"""So many who wait stand above the tabs; all of them in their own."""
_DRAWN_BY_ITSELF = frozenset({"board", "attention", "items"})
NAMES = {"ja": "クラス.ipynb", "en": "Class.ipynb"}
VEGA = "application/vnd.vegalite.v5+json"
_TABS_CSS = (
    # all tabs are in sight: a bar that is too narrow would hide the last ones
    ".widget-tab > .lm-TabBar, .widget-tab > .lm-TabBar > .lm-TabBar-content { flex-wrap: wrap !important; "
    "height: auto !important; min-height: 0 !important; max-height: none !important; overflow: visible !important; } "
    ".widget-tab > .lm-TabBar .lm-TabBar-tab { flex: 0 0 auto !important; max-width: none !important; } "
    # the cell scrolls, in which the tabs take the focus; a box that scrolls within it can't be reached by keys where
    # nothing in it takes the focus
    ".jupyter-widget-TabPanel-tabContents, .jupyter-widget-TabPanel-tabContents "
    ":is(.widget-box, .jp-OutputArea, .jp-OutputArea-output) { overflow: visible !important; }"
)
OPENS_PAGE = "from classroom.cohort.page import show\n\nshow()"
"""The cell that the mentor's JupyterLab runs by itself: this text in this place and no other."""
TABS = (
    "board",
    "week",
    "attention",
    "stuck",
    "forgetting",
    "groups",
    "items",
    "questions",
    "rubric",
    "expo",
    "reviews",
    "slips",
    "comments",
    "export",
)


def write_page(folder: MentorFolder) -> Path:
    """Write the notebook that opens the class page, and give its place; what a mentor changed in it is kept."""
    path = folder.root / NAMES[folder.lang]
    if path.exists():
        return path
    title, intro = told("title", folder.lang), told("intro", folder.lang)
    cells = [
        {"cell_type": "markdown", "id": "class-title", "metadata": {}, "source": f"# {title}\n\n{intro}"},
        {
            "cell_type": "code",
            "id": "class-page",
            "metadata": {"deletable": False, "editable": False, "jupyter": {"source_hidden": True}},
            "source": OPENS_PAGE,
            "execution_count": None,
            "outputs": [],
        },
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    write_whole(path, json.dumps(notebook, ensure_ascii=False, indent=1).encode())
    return path


def show(root: str | Path | None = None) -> Any:
    """The class page of the mentor's folder around the notebook; shown as the cell's result.

    Raises:
        FileNotFoundError: this is no mentor's folder.
    """
    folder = MentorFolder(Path(root)) if root else find_mentor_folder()
    if folder is None:
        raise FileNotFoundError("penguin mentor init DIR")
    if lost := lost_stores(folder):
        files = ", ".join(each.store.name for each in lost)
        return html_box(f"<p><b>{escape(say('desk.store_lost', folder.lang, files=files))}</b></p>")
    return ClassPage(folder).box


class ClassPage:
    """The page's widgets; each tab is filled when it is looked at, and anew on Refresh."""

    def __init__(self, folder: MentorFolder) -> None:
        self._folder, self._lang = folder, folder.lang
        self._widgets: Any = import_module("ipywidgets")
        lessons = [(f"{each.id} {each.record.title[self._lang]}", each.id) for each in folder.course.lessons]
        self._lesson = self._widgets.Dropdown(
            options=lessons, description=told("lesson", self._lang), layout=self._widgets.Layout(width="28em")
        )
        refresh = self._widgets.Button(description=told("refresh", self._lang), icon="refresh")
        self._moment, self._first, self._said = (self._widgets.HTML() for _ in range(3))
        self._places = {name: self._widgets.VBox() for name in TABS}
        self._now, self._drawing = _Moment(folder, str(self._lesson.value)), 0
        self._tabs = self._widgets.Tab(children=list(self._places.values()))
        for number, name in enumerate(TABS):
            self._tabs.set_title(number, told(f"tab.{name}", self._lang))
        self._filled: set[str] = set()
        self._lesson.observe(lambda _: self._another(), "value")
        self._tabs.observe(lambda _: self._fill(), "selected_index")
        refresh.on_click(lambda _: self._anew())
        head = self._widgets.HBox([self._lesson, refresh, self._moment])
        style = self._widgets.HTML(f"{style_tag()}<style>{_TABS_CSS}</style>")
        self.box = self._widgets.VBox([style, head, self._first, self._said, self._tabs])
        self._another()
        self._refreshing = begin_refreshing(self.fetch, self.draw)

    def fetch(self) -> None:
        """Take what has arrived; nbgrader's own exchange is asked when the mentor says so."""
        if lost_stores(self._folder):
            return
        with suppress(
            OSError, sqlite3.Error, StoreDamaged
        ):  # a full disk or a store in use: the next minute tries again
            keep_copies(self._folder)
        if not self._folder.has_stock_exchange:
            collect(self._folder)
            mark_exams(self._folder)

    def draw(self) -> None:
        """Draw what is known now; of a tab in which something may be half written, only who waits above it."""
        if TABS[self._tabs.selected_index or 0] in _DRAWN_BY_ITSELF:
            self._anew()
        else:
            self._now = _Moment(self._folder, self.assignment)
            self._tell_first()

    @property
    def assignment(self) -> str:
        """The lesson that is looked at."""
        return str(self._lesson.value)

    def _anew_elsewhere(self) -> None:
        """The other tabs are drawn anew when they are looked at."""
        self._anew(but={TABS[self._tabs.selected_index or 0]})

    def _name_attention(self) -> None:
        """How much waits stands in the tab's name."""
        count = len(needs_attention(self._folder, self.assignment, self._now.files))
        name = told("tab.attention", self._lang)
        self._tabs.set_title(TABS.index("attention"), f"{name} ({count})" if count else name)

    def _another(self) -> None:
        """Another lesson: nothing that stands in a tab is about it."""
        self._places[TABS[self._tabs.selected_index or 0]].children = (self._reading(),)
        self._first.value = self._line("first.reading")
        self._anew()

    def _anew(self, but: Collection[str] = ()) -> None:
        """Draw anew, who waits for a mentor first; `but` these tabs."""
        self._filled, self._now = set(but), _Moment(self._folder, self.assignment)
        self._said.value, self._drawing = "", self._drawing + 1
        for name, place in self._places.items():
            if name not in but and name != TABS[self._tabs.selected_index or 0]:
                place.children = (self._reading(),)
        self._moment.value = escape(told("reading", self._lang))
        one_after_another(
            self._in_time(each) for each in (self._tell_first, self._fill, self._name_attention, self._end)
        )

    def _in_time(self, step: Callable[[], None]) -> Callable[[], None]:
        """A step of this drawing, unless another has begun meanwhile."""
        number = self._drawing
        return lambda: step() if number == self._drawing else None

    def _end(self) -> None:
        now = datetime.now(zone_of(self._folder))
        self._moment.value = escape(told("updated", self._lang, time=now.strftime("%H:%M:%S")))

    def _reading(self) -> Any:
        return self._widgets.HTML(self._line("reading"))

    def _line(self, code: str, **params: object) -> str:
        return f"<p>{escape(told(code, self._lang, **params))}</p>"

    def _tell_first(self) -> None:
        """Who is stuck and who has asked: above all tabs, before anything else is read."""
        stuck, names = self._now.board.stuck, full_names(self._folder)
        asked = [each for each in read_questions(self._folder, self.assignment, self._now.files) if each.reply is None]
        for name, count in (("stuck", len(stuck)), ("questions", len(asked))):
            title = told(f"tab.{name}", self._lang)
            self._tabs.set_title(TABS.index(name), f"{title} ({count})" if count else title)
        lines = [stuck_line(self._folder, each, names.get(each.student, each.student)) for each in stuck]
        lines += [
            told(
                "first.asked", self._lang, student=names.get(each.student, each.student), wanted=each.asked.wanted[:80]
            )
            for each in asked
        ]
        if not lines:
            self._first.value = self._line("first.nobody")
            return
        more = [told("first.more", self._lang, count=len(lines) - MOST_FIRST)] if len(lines) > MOST_FIRST else []
        items = "".join(f"<li>{escape(each)}</li>" for each in (*lines[:MOST_FIRST], *more))
        self._first.value = f"<b>{escape(told('first.waiting', self._lang))}</b><ul>{items}</ul>"

    def _fill(self) -> None:
        name = TABS[self._tabs.selected_index or 0]
        if name in self._filled:
            return
        self._filled.add(name)
        makers: dict[str, Callable[[], Any]] = {
            "board": self._board,
            "week": lambda: Week(self._folder, self.assignment, self._anew_elsewhere).box,
            "attention": lambda: attention_tab(self._folder, self.assignment, self._now.files, self._anew, self._tell),
            "stuck": lambda: stuck_tab(self._folder, self._now.board, full_names(self._folder)),
            "forgetting": lambda: forgetting_tab(self._folder, self._now.files),
            "groups": lambda: groups_tab(self._folder, self.assignment),
            "items": lambda: items_tab(self._folder, self.assignment, self._now.files),
            "questions": lambda: questions_tab(self._folder, self.assignment, self._now.files),
            "rubric": lambda: rubric_tab(self._folder, self.assignment),
            "expo": lambda: expo_tab(self._folder),
            "reviews": lambda: review_tab(self._folder),
            "slips": lambda: slips_tab(self._folder, self.assignment),
            "comments": lambda: bank_tab(self._folder),
            "export": lambda: export_tab(self._folder),
        }
        self._places[name].children = (self._made(makers[name]),)

    def _made(self, make: Callable[[], Any]) -> Any:
        """A tab's content; what keeps it from being made stands in its place."""
        try:
            with told_faults(self._folder.root):
                return make()
        except DeskFault as fault:
            said = say(f"desk.{fault.code}", self._lang, **fault.params)
        except Exception:  # noqa: BLE001  (one tab's; the others are drawn)
            _log.exception("a tab could not be drawn")
            said = told("not_drawn", self._lang)
        return self._widgets.HTML(f"<p>{escape(said)}</p>")

    def _tell(self, text: str) -> None:
        self._said.value = f"<p>{escape(text)}</p>"

    def _board(self) -> Any:
        board = self._now.board
        if not board.students:
            return self._widgets.HTML(f"<p>{escape(told('nobody', self._lang))}</p>")
        full = full_names(self._folder)
        handed_in = {each.student for each in board.squares if each.points is not None}
        right = sum(each.state.value == "right" for each in board.squares)
        summary = told(
            "board.summary",
            self._lang,
            learners=len(board.students),
            handed_in=len(handed_in),
            right=right,
            squares=len(board.squares),
        )
        picture = self._widgets.Output()
        picture.append_display_data(_Picture(board_chart(board, full, self._lang), summary))
        return self._widgets.VBox([self._widgets.HTML(f"<p>{escape(summary)}</p>"), picture])


class _Moment:
    """A lesson's class when the page was last brought up to date; all tabs tell of the same moment."""

    def __init__(self, folder: MentorFolder, assignment: str) -> None:
        self._folder, self._assignment = folder, assignment

    @cached_property
    def files(self) -> dict[str, LearnersFile]:
        """The learners' progress files."""
        return read_files(self._folder, self._assignment)

    @cached_property
    def board(self) -> Board:
        """The board."""
        return build_board(self._folder, self._assignment, self.files)


class _Picture:
    """A Vega-Lite description as JupyterLab draws it."""

    def __init__(self, chart: dict[str, Any], text: str) -> None:
        self._bundle = {VEGA: chart, "text/plain": text}

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return self._bundle

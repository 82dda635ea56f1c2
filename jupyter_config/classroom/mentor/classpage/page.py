"""The class page: tabs of widgets in a notebook of the mentor's own JupyterLab."""

from __future__ import annotations

import json
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
from classroom.mentor.classpage.group_tab import groups_tab
from classroom.mentor.classpage.progress_files import read_files
from classroom.mentor.classpage.refreshing import begin_refreshing
from classroom.mentor.classpage.rubric_tab import rubric_tab
from classroom.mentor.classpage.stuck_tab import stuck_tab
from classroom.mentor.classpage.tabs import bank_tab, export_tab, items_tab, questions_tab, similar_tab
from classroom.mentor.classpage.week import Week
from classroom.mentor.collecting.collect import collect
from classroom.mentor.expo.review_tab import review_tab
from classroom.mentor.expo.tab import expo_tab
from classroom.mentor.place.folder import MentorFolder, find_mentor_folder
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.place.wording import told
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.mentor.classpage.board import Board
    from classroom.mentor.classpage.progress_files import LearnersFile

_DRAWN_BY_ITSELF = frozenset({"board", "attention", "items"})
NAMES = {"ja": "クラス.ipynb", "en": "Class.ipynb"}
VEGA = "application/vnd.vegalite.v5+json"
_TABS_CSS = (
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
    "groups",
    "items",
    "questions",
    "rubric",
    "expo",
    "reviews",
    "similar",
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
        self._moment = self._widgets.HTML()
        self._places = {name: self._widgets.VBox() for name in TABS}
        self._tabs = self._widgets.Tab(children=list(self._places.values()))
        for number, name in enumerate(TABS):
            self._tabs.set_title(number, told(f"tab.{name}", self._lang))
        self._filled: set[str] = set()
        self._lesson.observe(lambda _: self._anew(), "value")
        self._tabs.observe(lambda _: self._fill(), "selected_index")
        refresh.on_click(lambda _: self._anew())
        head = self._widgets.HBox([self._lesson, refresh, self._moment])
        self.box = self._widgets.VBox(
            [self._widgets.HTML(f"{style_tag()}<style>{_TABS_CSS}</style>"), head, self._tabs]
        )
        self._anew()
        self._refreshing = begin_refreshing(self.fetch, self.draw)

    def fetch(self) -> None:
        """Take what has arrived; nbgrader's own exchange is asked when the mentor says so."""
        if not self._folder.has_stock_exchange:
            collect(self._folder)

    def draw(self) -> None:
        """Draw what is known now, unless the mentor is at a tab in which something may be half written."""
        if TABS[self._tabs.selected_index or 0] in _DRAWN_BY_ITSELF:
            self._anew()

    @property
    def assignment(self) -> str:
        """The lesson that is looked at."""
        return str(self._lesson.value)

    def _anew_elsewhere(self) -> None:
        """The other tabs are drawn anew when they are looked at."""
        self._filled = {TABS[self._tabs.selected_index or 0]}
        self._now = _Moment(self._folder, self.assignment)
        self._name_attention()

    def _name_attention(self) -> None:
        """How much waits stands in the tab's name."""
        count = len(needs_attention(self._folder, self.assignment, self._now.files))
        name = told("tab.attention", self._lang)
        self._tabs.set_title(TABS.index("attention"), f"{name} ({count})" if count else name)

    def _anew(self) -> None:
        self._filled.clear()
        self._now = _Moment(self._folder, self.assignment)
        self._moment.value = escape(told("updated", self._lang, time=datetime.now().astimezone().strftime("%H:%M:%S")))
        self._name_attention()
        self._fill()

    def _fill(self) -> None:
        name = TABS[self._tabs.selected_index or 0]
        if name in self._filled:
            return
        self._filled.add(name)
        makers: dict[str, Callable[[], Any]] = {
            "board": self._board,
            "week": lambda: Week(self._folder, self.assignment, self._anew_elsewhere).box,
            "attention": lambda: attention_tab(self._folder, self.assignment, self._now.files, self._anew),
            "stuck": lambda: stuck_tab(self._folder, self._now.board, full_names(self._folder)),
            "groups": lambda: groups_tab(self._folder, self.assignment),
            "items": lambda: items_tab(self._folder, self.assignment, self._now.files),
            "questions": lambda: questions_tab(self._folder, self.assignment, self._now.files),
            "rubric": lambda: rubric_tab(self._folder, self.assignment),
            "expo": lambda: expo_tab(self._folder),
            "reviews": lambda: review_tab(self._folder),
            "similar": lambda: similar_tab(self._folder, self.assignment),
            "comments": lambda: bank_tab(self._folder),
            "export": lambda: export_tab(self._folder),
        }
        self._places[name].children = (makers[name](),)

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


def full_names(folder: MentorFolder) -> dict[str, str]:
    """The learners by id, with their names."""
    with open_gradebook(folder) as gradebook:
        return {
            each.id: f"{each.id} {each.last_name or ''} {each.first_name or ''}".strip() for each in gradebook.students
        }


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

"""The board as a picture: learners down, exercises across, a sign and a colour for each state."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.mentor.classpage.board import State
from classroom.mentor.place.wording import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.mentor.classpage.board import Board

SIGNS: Mapping[State, str] = {
    State.NOTHING: "·",
    State.TRYING: "…",
    State.DONE: "○",
    State.UNTOUCHED: "–",
    State.WRONG: "×",
    State.PARTLY: "△",
    State.RIGHT: "●",
    State.WAITING: "✉",
}
COLOURS: Mapping[State, str] = {
    State.NOTHING: "#f3f3f3",
    State.TRYING: "#fde9b8",
    State.DONE: "#cfe6f7",
    State.UNTOUCHED: "#dddddd",
    State.WRONG: "#e8825a",
    State.PARTLY: "#f3c14b",
    State.RIGHT: "#3d7fb8",
    State.WAITING: "#b9a5d6",
}
"""Blue and orange, told apart by the colour-blind; the sign says the same."""
_ROW, _COLUMN = 20, 46


def board_chart(board: Board, names: Mapping[str, str], lang: str) -> dict[str, Any]:
    """A Vega-Lite description of the board; JupyterLab draws it itself.

    Args:
        board: the class.
        names: what to call each learner.
        lang: `ja` or `en`.
    """
    altair: Any = import_module("altair")
    words = {state: told(f"state.{state.value}", lang) for state in State}
    rows = [
        {
            "learner": names.get(each.student, each.student),
            "exercise": each.exercise,
            "state": f"{SIGNS[each.state]} {words[each.state]}",
            "sign": SIGNS[each.state] + (f" {each.tries}" if each.tries > 1 else ""),
            "tries": each.tries,
        }
        for each in board.squares
    ]
    learner, exercise = told("learner", lang), told("exercise", lang)
    used = [state for state in State if any(each.state is state for each in board.squares)]
    domain = [f"{SIGNS[state]} {words[state]}" for state in used]
    base = altair.Chart(altair.Data(values=rows)).encode(
        x=altair.X(
            "exercise:N", sort=list(board.exercises), title=exercise, axis=altair.Axis(orient="top", labelAngle=0)
        ),
        y=altair.Y("learner:N", title=learner),
        tooltip=[
            altair.Tooltip("learner:N", title=learner),
            altair.Tooltip("exercise:N", title=exercise),
            altair.Tooltip("state:N", title=" "),
            altair.Tooltip("tries:Q", title=told("item.tries", lang)),
        ],
    )
    scale = altair.Scale(domain=domain, range=[COLOURS[state] for state in used])
    squares = base.mark_rect(stroke="white").encode(color=altair.Color("state:N", scale=scale, title=None))
    signs = base.mark_text(fontSize=11).encode(text="sign:N")
    size = {"width": _COLUMN * max(1, len(board.exercises)), "height": _ROW * max(1, len(board.students))}
    chart: dict[str, Any] = (squares + signs).properties(**size).to_dict()
    chart["usermeta"] = {"embedOptions": {"actions": False}}  # the menu is in English and has no name to be read out
    return chart

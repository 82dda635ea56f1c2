"""What the class page asks the mentor's server: today, the class, its teams, learners and answers as typed records, and the steps of the week."""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "classroom.mentor.page"}]


def _load_jupyter_server_extension(server: Any) -> None:
    from classroom.mentor.page.extension import load

    load(server)


async def _start_jupyter_server_extension(server: Any) -> None:
    from classroom.mentor.page.extension import begin_timetable

    begin_timetable(server)

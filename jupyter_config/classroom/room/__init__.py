"""What JupyterLab's page asks the server: standing, tries and lessons as typed records, without a kernel."""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "classroom.room"}]


def _load_jupyter_server_extension(server: Any) -> None:
    from classroom.learner.page.extension import load

    load(server)


async def _start_jupyter_server_extension(server: Any) -> None:
    from classroom.learner.page.splash import put_in_splash

    put_in_splash(server)

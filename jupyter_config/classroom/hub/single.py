"""The single-user server of a hub: JupyterHub's own program with a learner's room or a mentor's desk in it.

JupyterHub signs in, gives the address and asks who is there; so whatever the room alone decides about port, token and
browser is left out.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from classroom.mentor.classpage.lab import desk_arguments, desk_page, prepare_desk
from classroom.session.lab import LabPlan, environment, prepare_settings, settings_arguments
from classroom.settings import settings_root
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from classroom.folder import Folder
    from classroom.language import Lang
    from classroom.mentor.place.folder import MentorFolder

_NOT_HERE = frozenset({"JUPYTER_TOKEN"})
"""What a room of one's own needs and the hub does itself."""
_LOG_OUT = "@jupyterlab/hub-extension"
"""JupyterLab's menu entries of a hub; without one they say nothing, so a room of one's own has them off."""
_LEAN = (
    "--MappingKernelManager.cull_idle_timeout=1800",
    "--MappingKernelManager.cull_interval=120",
    "--MappingKernelManager.cull_connected=False",  # whoever has the lesson open keeps its kernel
)
"""A lesson that nobody has open gives its kernel's memory back after half an hour; opened again, it gets a new one."""


@dataclass(frozen=True)
class SingleServer:
    """A command that takes the place of this process, and what it has to know."""

    folder: Path
    arguments: tuple[str, ...]
    variables: Mapping[str, str]

    def run(self, given: Sequence[str]) -> NoReturn:
        """Become the server; `given` is what the spawner adds to its command."""
        os.environ.update(self.variables)
        os.chdir(self.folder)
        program = [sys.executable, "-P", "-m", "classroom.hub.singleuser"]  # -P: no module is loaded from that folder
        os.execv(program[0], [*program, *self.arguments, *given])  # noqa: S606  (no shell: the program is our own)


def room_server(folder: Folder, lang: Lang) -> SingleServer:
    """A learner's room; its folder has been made ready."""
    plan = LabPlan(folder, lang, 0, browser=False)
    prepare_settings(plan)
    _let_log_out(folder)
    variables = {**environment(plan), "JUPYTERHUB_DEFAULT_URL": plan.path}
    return SingleServer(folder.root, (*settings_arguments(folder.root), _config(), *_LEAN), _without(variables))


def desk_server(folder: MentorFolder) -> SingleServer:
    """A mentor's desk on the course's folder."""
    variables = {**prepare_desk(folder), "JUPYTERHUB_DEFAULT_URL": desk_page(folder)}
    return SingleServer(folder.root, (*desk_arguments(folder), *_LEAN), _without(variables))


def _config() -> str:
    return f"--config={settings_root() / 'learner_config.py'}"


def _without(variables: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in variables.items() if name not in _NOT_HERE}


def _let_log_out(folder: Folder) -> None:
    """Give the whole JupyterLab its hub menu back; the room's own menu asks the page whether there is a hub."""
    place = folder.jupyter / "config" / "labconfig" / "page_config.json"
    page: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    page["disabledExtensions"].pop(_LOG_OUT, None)
    write_whole(place, json.dumps(page, indent=1).encode())

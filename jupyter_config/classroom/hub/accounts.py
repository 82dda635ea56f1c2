"""Servers under accounts of the machine: each learner's under their own, all mentors' desks under one, whose the course's folder is."""

from __future__ import annotations

import pwd
from typing import TYPE_CHECKING

from jupyterhub.spawner import LocalProcessSpawner
from traitlets import Unicode

if TYPE_CHECKING:
    from collections.abc import Callable


class AccountSpawner(LocalProcessSpawner):
    """JupyterHub's own spawner, with an account that may be another than the one who signs in has.

    What a server writes is its account's alone, so mentors who share a folder share its account; the hub, its service and
    the name beside a reply still tell them apart.
    """

    runs_as = Unicode("", help="The account; left out, the one of the same name as the user.")

    def make_preexec_fn(self, name: str) -> Callable[[], None]:
        """What the new process does first: it becomes the account's."""
        become: Callable[[], None] = super().make_preexec_fn(self.runs_as or name)  # type: ignore[no-untyped-call]
        return become

    def user_env(self, env: dict[str, str]) -> dict[str, str]:
        """The user's name with the account's home folder; the user need not be one of the machine."""
        if not self.runs_as:
            own: dict[str, str] = super().user_env(env)  # type: ignore[no-untyped-call]
            return own
        return {**env, "USER": self.user.name, "HOME": pwd.getpwnam(self.runs_as).pw_dir}

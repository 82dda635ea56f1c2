"""The kernels of a learner's room: the lessons' own, and no other by whatever name it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from tornado import web

from sqlgrade.outside import read_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jupyter_client.kernelspec import KernelSpec

OURS = "penguin-sql"
_OF_KERNEL: Mapping[str, type] = {"name": str, "path": str, "kernel_id": str, "id": str}
_OF_SESSION: Mapping[str, type] = {"name": str, "path": str, "type": str, "kernel": dict, "notebook": dict}
"""What Jupyter reads of a request, and what kind of value it takes it for."""


class OneKernel(KernelSpecManager):
    """Knows one kernel. Jupyter's `allowed_kernelspecs` decides what is listed alone: who names another still gets it."""

    def find_kernel_specs(self) -> dict[str, str]:
        """The folder of the one kernel, by its name."""
        return {name: place for name, place in super().find_kernel_specs().items() if name == OURS}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The one kernel; raises NoSuchKernel for every other."""
        if kernel_name != OURS:
            raise NoSuchKernel(kernel_name)
        return super().get_kernel_spec(kernel_name)


def asking_for_ours(handler: type[Any]) -> type[Any]:
    """A handler that says plainly what is wrong with a request, where Jupyter's own would tell of a server's fault."""
    of_session = "sessions" in handler.__module__

    async def prepare(self: Any, *more: Any, **named: Any) -> None:
        await handler.prepare(self, *more, **named)
        if self.request.method in ("POST", "PATCH") and not self._finished:
            try:
                wanted = _named(self.request.body, of_session=of_session)
            except ValueError as fault:
                raise web.HTTPError(400, str(fault)) from fault
            if wanted not in ("", OURS):
                raise web.HTTPError(404, "There is no such kernel here.")

    return type(handler.__name__, (handler,), {"prepare": prepare})


def _named(body: bytes, *, of_session: bool) -> str:
    """The kernel that a request names; empty where it names none. A session has a name of its own, which is its notebook's.

    Raises:
        ValueError: it is no JSON, or not of the shape that Jupyter's handlers take it for.
    """
    asked = _fields(read_json(body) if body.strip() else {}, _OF_SESSION if of_session else _OF_KERNEL)
    kernel = _fields(asked.get("kernel") or {}, _OF_KERNEL) if of_session else asked
    _fields(asked.get("notebook") or {}, _OF_SESSION)
    return str(kernel.get("name") or "")


def _fields(asked: Any, kinds: Mapping[str, type]) -> dict[str, Any]:
    if not isinstance(asked, dict):
        raise ValueError("an object of JSON is wanted")  # noqa: TRY004  (the request is at fault)
    for name, kind in kinds.items():
        if not isinstance(asked.get(name), (kind, type(None))):
            raise ValueError(f"{name} is of another kind")  # noqa: TRY004
    return asked

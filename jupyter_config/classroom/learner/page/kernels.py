"""The kernels of a learner's room: the lessons' own, and no other by whatever name it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from tornado import web

if TYPE_CHECKING:
    from jupyter_client.kernelspec import KernelSpec

OURS = "penguin-sql"


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
    """A handler that says plainly that there is no kernel of another name, where Jupyter's own would tell of a server's fault."""
    of_session = "sessions" in handler.__module__

    async def prepare(self: Any, *more: Any, **named: Any) -> None:
        await handler.prepare(self, *more, **named)
        if self.request.method in ("POST", "PATCH") and not self._finished:
            wanted = _named(self.get_json_body(), of_session=of_session)
            if wanted not in (None, "", OURS):
                raise web.HTTPError(404, "There is no such kernel here.")

    return type(handler.__name__, (handler,), {"prepare": prepare})


def _named(body: Any, *, of_session: bool) -> Any:
    """The kernel that a request names; None where it names none. A session has a name of its own, which is its notebook's."""
    asked = body if isinstance(body, dict) else {}
    if not of_session:
        return asked.get("name")
    kernel = asked.get("kernel")
    return kernel.get("name") if isinstance(kernel, dict) else kernel

"""Which doors of a Jupyter server stand open in a learner's room: those that its page needs.

Every other is shut, whatever is installed beside us and whenever it was added: what runs something (terminals, nbconvert,
builds), installs something (the extension manager), changes what is loaded (plugins, configuration) or asks the network.
Which kernels may be started is `classroom.learner.page.kernels`' to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tornado import web

from classroom.learner.page.kernels import asking_for_ours
from classroom.session.shut import ask_first, full_name

if TYPE_CHECKING:
    from collections.abc import Mapping

_READ = frozenset({"GET", "HEAD"})
_PUT = _READ | {"PUT"}
_SERVER, _LAB, _PAGES = "jupyter_server", "jupyterlab", "jupyterlab_server"
OPEN: Mapping[str, frozenset[str]] = {
    # the page, its parts and its settings
    f"{_PAGES}.handlers.LabHandler": _READ,
    f"{_PAGES}.handlers.NotFoundHandler": _READ,
    f"{_PAGES}.settings_handler.SettingsHandler": _PUT,
    f"{_PAGES}.translations_handler.TranslationsHandler": _READ,
    f"{_PAGES}.workspaces_handler.WorkspacesHandler": _PUT | {"DELETE"},
    f"{_PAGES}.listings_handler.ListingsHandler": _READ,
    f"{_PAGES}.themes_handler.ThemesHandler": _READ,
    f"{_PAGES}.licenses_handler.LicensesHandler": _READ,
    f"{_LAB}.handlers.plugin_manager_handler.PluginHandler": _READ,
    f"{_SERVER}.base.handlers.FileFindHandler": _READ,
    f"{_SERVER}.base.handlers.PublicStaticFileHandler": _READ,
    f"{_SERVER}.base.handlers.RedirectWithParams": _READ,
    f"{_SERVER}.base.handlers.TrailingSlashHandler": _READ,
    f"{_SERVER}.base.handlers.Template404": _READ,
    # who is there, and whether the server lives
    f"{_SERVER}.auth.login.LoginFormHandler": _READ | {"POST"},
    f"{_SERVER}.auth.logout.LogoutHandler": _READ,
    f"{_SERVER}.base.handlers.APIVersionHandler": _READ,
    f"{_SERVER}.services.api.handlers.APIStatusHandler": _READ,
    f"{_SERVER}.services.api.handlers.IdentityHandler": _READ,
    f"{_SERVER}.services.security.handlers.CSPReportHandler": frozenset({"POST"}),
    f"{_SERVER}.services.events.handlers.SubscribeWebsocket": _READ,
    f"{_SERVER}.services.shutdown.ShutdownHandler": frozenset({"POST"}),
    # the learner's own files
    f"{_SERVER}.services.contents.handlers.ContentsHandler": _PUT | {"POST", "PATCH", "DELETE"},
    f"{_SERVER}.services.contents.handlers.CheckpointsHandler": _READ | {"POST"},
    f"{_SERVER}.services.contents.handlers.ModifyCheckpointsHandler": frozenset({"POST", "DELETE"}),
    f"{_SERVER}.base.handlers.AuthenticatedFileHandler": _READ,
    # the lessons' kernel
    f"{_SERVER}.services.kernels.handlers.MainKernelHandler": _READ | {"POST"},
    f"{_SERVER}.services.kernels.handlers.KernelHandler": _READ | {"DELETE"},
    f"{_SERVER}.services.kernels.handlers.KernelActionHandler": frozenset({"POST"}),
    f"{_SERVER}.services.kernels.websocket.KernelWebsocketHandler": _READ,
    f"{_SERVER}.services.kernelspecs.handlers.MainKernelSpecHandler": _READ,
    f"{_SERVER}.services.kernelspecs.handlers.KernelSpecHandler": _READ,
    f"{_SERVER}.kernelspecs.handlers.KernelSpecResourceHandler": _READ,
    f"{_SERVER}.services.sessions.handlers.SessionRootHandler": _READ | {"POST"},
    f"{_SERVER}.services.sessions.handlers.SessionHandler": _READ | {"PATCH", "DELETE"},
    # a hub's own
    "jupyterhub.singleuser.extension.JupyterHubLogoutHandler": _READ,
    "jupyterhub.singleuser.extension.JupyterHubOAuthCallbackHandler": _READ,
}
"""The handlers of others that answer, by class, and to which methods."""
_OURS = "classroom.learner.page."
_OF_KERNELS = frozenset(
    {
        f"{_SERVER}.services.kernels.handlers.MainKernelHandler",
        f"{_SERVER}.services.sessions.handlers.SessionRootHandler",
        f"{_SERVER}.services.sessions.handlers.SessionHandler",
    }
)
"""Those that are told the name of a kernel."""
_OF_FILES = f"{_SERVER}.services.contents.handlers.ContentsHandler"


def is_open(handler: type[Any], method: str) -> bool:
    """Whether a handler's class may answer to a method."""
    name = full_name(handler)
    return name.startswith(_OURS) or method in OPEN.get(name, ())


def _asking_plainly(handler: type[Any]) -> type[Any]:
    """A handler of Jupyter's that tells a request's fault as that, where its own would tell of the server's."""
    name = full_name(handler)
    if name in _OF_KERNELS:
        return asking_for_ours(handler)
    return _asking_for_an_object(handler) if name == _OF_FILES else handler


def _asking_for_an_object(handler: type[Any]) -> type[Any]:
    async def prepare(self: Any, *more: Any, **named: Any) -> None:
        await handler.prepare(self, *more, **named)
        # a notebook may be large and is read by the handler itself: how it begins is enough
        if not self._finished and self.request.body.lstrip()[:1] not in (b"", b"{"):
            raise web.HTTPError(400, "an object of JSON is wanted")

    return type(handler.__name__, (handler,), {"prepare": prepare})


def shut_doors(application: Any) -> None:
    """Have an application ask before it hands a request to any handler; what others add later is asked about too."""
    ask_first(application, lambda handler, method: _asking_plainly(handler) if is_open(handler, method) else None)

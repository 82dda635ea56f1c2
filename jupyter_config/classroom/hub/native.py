"""Sign-in for a team that has none of its own: nativeauthenticator on JupyterHub 6.

Its newest release, 1.3.0, was made for JupyterHub 5: signing in there asks for a measure of time that JupyterHub has dropped.
"""

from __future__ import annotations

from typing import Any

from jupyterhub.handlers import BaseHandler
from nativeauthenticator.handlers import LoginHandler  # type: ignore[attr-defined]
from nativeauthenticator.nativeauthenticator import NativeAuthenticator


class _Unmeasured:
    """A timer of which nobody reads the time."""

    def timer(self, _name: str) -> _Unmeasured:
        return self

    def start(self) -> _Unmeasured:
        return self

    def stop(self, *, send: bool) -> None:
        del send


class SignInHandler(LoginHandler):
    """The sign-in page."""

    statsd = _Unmeasured()

    def render_template(self, name: str, sync: bool = False, **told: Any) -> Any:
        """Show an error as a page: the form of 1.3.0 does not take what JupyterHub 6 would have it show."""
        return BaseHandler.render_template(self, name, sync, **told)  # type: ignore[no-untyped-call]


class NativeSignIn(NativeAuthenticator):
    """People sign up, an admin lets them in at /hub/authorize."""

    def get_handlers(self, app: Any) -> list[tuple[str, type]]:
        """Its pages, with the sign-in page of our own."""
        pages: list[tuple[str, type]] = super().get_handlers(app)  # type: ignore[no-untyped-call]
        return [(path, SignInHandler if page is LoginHandler else page) for path, page in pages]

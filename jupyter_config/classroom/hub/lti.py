"""Sign-in from a learning platform (Moodle, Canvas, Open edX) by LTI 1.3: the platform says who it is, with a token that it signs.

JupyterHub's own authenticator does the protocol (https://www.imsglobal.org/spec/lti/v1p3/): state and nonce, the platform's keys, its issuer and
client, the token's age. Its way out where a token lacks the chosen name, to take the platform's number for the person, is closed here: it
would make another user of somebody whose address the platform stops telling.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ltiauthenticator.lti13.auth import LTI13Authenticator
from ltiauthenticator.lti13.constants import LTI13_CUSTOM_CLAIM
from ltiauthenticator.lti13.error import LoginError
from traitlets import Unicode

from classroom.exchange.launches import launch_in, note_launch
from classroom.language import current_language
from classroom.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLES = {
    "PENGUIN_LTI_ISSUER": "issuer",
    "PENGUIN_LTI_CLIENT_ID": "client_id",
    "PENGUIN_LTI_AUTHORIZE_URL": "authorize_url",
    "PENGUIN_LTI_KEYS_URL": "jwks_endpoint",
    "PENGUIN_LTI_NAME": "username_key",
    "PENGUIN_LTI_LAUNCHES": "launches",
}
"""What operators copy from the platform, and the authenticator's setting."""
_OPTIONAL = ("PENGUIN_LTI_NAME", "PENGUIN_LTI_LAUNCHES")
_CUSTOM = "custom_"
_log = logging.getLogger(__name__)


def settings_of(variables: Mapping[str, str]) -> dict[str, Any]:
    """The authenticator's settings; what is not named keeps its default.

    Raises:
        ValueError: one without which nobody can be known is missing.
    """
    missing = [each for each in VARIABLES if each not in _OPTIONAL and not variables.get(each)]
    if missing:
        raise ValueError(f"PENGUIN_SIGN_IN=lti: {', '.join(missing)}")
    named = {setting: variables[name] for name, setting in VARIABLES.items() if variables.get(name)}
    return {**named, "client_id": set(named["client_id"].split())}


class LtiSignIn(LTI13Authenticator):
    """Who comes from the platform is signed in under the name in `username_key`, and nobody without one."""

    launches = Unicode("", help="The file in which is kept where each person's scores go; empty for none.").tag(
        config=True
    )

    async def run_post_auth_hook(self, handler: Any, auth_model: dict[str, Any]) -> Any:
        """Keep where the scores go of whoever is let in, under the name on the hub; what keeps that is logged."""
        if self.launches and (launch := launch_in(auth_model["auth_state"] or {})) is not None:
            try:
                note_launch(Path(self.launches), auth_model["name"], launch)
            except (OSError, ValueError) as fault:
                _log.warning("%s: it could not be kept where scores go (%s)", self.launches, type(fault).__name__)
        return await super().run_post_auth_hook(handler, auth_model)  # type: ignore[no-untyped-call]

    def get_username(self, token: dict[str, Any]) -> str:
        """The name.

        Raises:
            LoginError: the token has none.
        """
        custom = token.get(LTI13_CUSTOM_CLAIM)
        own = self.username_key.startswith(_CUSTOM)
        among: Any = custom if own else token
        name = (
            among.get(self.username_key.removeprefix(_CUSTOM) if own else self.username_key)
            if isinstance(among, dict)
            else None
        )
        if not isinstance(name, str) or not name.strip():
            raise LoginError(say("hub.lti_no_name", current_language(), field=self.username_key))
        return name.strip()

"""A platform's grade book, as LTI Advantage lets a tool write to it (Assignment and Grade Services 2.0): a column a lesson, a score a person.

https://www.imsglobal.org/spec/lti-ags/v2p0 and https://www.imsglobal.org/spec/security/v1p0 (signing in as a tool). The token is kept for
one sitting and in memory alone. A score bears its moment: by the standard a platform keeps none that is not later than the one it has, so
one that may have arrived can be sent again.
"""

from __future__ import annotations

import json
import time
import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import Request

import jwt

from classroom.mentor.notices.channels import NotSent, Refused, Uncertain, ask
from classroom.mentor.notices.settings import is_sendable
from classroom.mentor.passback.key import public_jwk
from classroom.mentor.passback.settings import read_key
from classroom.points import FULL
from sqlgrade.outside import read_json

if TYPE_CHECKING:
    from classroom.mentor.passback.settings import PlatformSettings
    from classroom.mentor.place.folder import MentorFolder

SCOPES = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem https://purl.imsglobal.org/spec/lti-ags/scope/score"
_ITEM = "application/vnd.ims.lis.v2.lineitem+json"
_ITEMS = "application/vnd.ims.lis.v2.lineitemcontainer+json"
_SCORE = "application/vnd.ims.lis.v1.score+json"
_FORM = "application/x-www-form-urlencoded"
_SIGNED_IN_WITH = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
TAG = "second-penguin"
_SECONDS = 300
_MOST, _PAGES = 2_000_000, 20
CONFLICT, GONE = 409, 404


class GradeBook:
    """One sitting at a platform's grade book. What a method raises: NotSent (again later), Refused (it says no)."""

    def __init__(self, folder: MentorFolder, settings: PlatformSettings) -> None:
        self._folder, self._settings, self._token = folder, settings, ""

    def sign_in(self) -> None:
        """Get a token for the sitting."""
        settings, now = self._settings, int(time.time())
        said = {
            "iss": settings.client_id,
            "sub": settings.client_id,
            "aud": settings.audience,
            "iat": now,
            "exp": now + _SECONDS,
            "jti": uuid.uuid4().hex,
        }
        signed = jwt.encode(said, read_key(self._folder), "RS256", headers={"kid": public_jwk(self._folder)["kid"]})
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": _SIGNED_IN_WITH,
            "client_assertion": signed,
            "scope": SCOPES,
        }
        found = self._asked("token", Request(settings.token_url, urlencode(form).encode(), {"Content-Type": _FORM}))[0]  # noqa: S310  (https, or this machine)
        token = found.get("access_token") if isinstance(found, dict) else None
        if not isinstance(token, str) or not token.isascii() or not token.isprintable() or not token:
            raise Refused("token")
        self._token = token

    def column(self, line_items: str, resource: str, label: str) -> str:
        """The address of the column of that resource, which is made if there is none."""
        known = self._column_in(line_items, resource)
        if known is not None:
            return known
        made = {"label": label, "scoreMaximum": FULL, "resourceId": resource, "tag": TAG}
        found, _ = self._asked("column", self._post(line_items, made, _ITEM, accept=_ITEM))
        address = _address(found, line_items)
        if address is None:
            raise Refused("column")
        return address

    def put(self, column: str, subject: str, given: float, at: str) -> None:
        """Set a person's score of `FULL`; `at` is ISO 8601 with the second's parts, later than any before."""
        score = {
            "userId": subject,
            "scoreGiven": given,
            "scoreMaximum": FULL,
            "timestamp": at,
            "activityProgress": "Completed",
            "gradingProgress": "FullyGraded",
        }
        self._asked("score", self._post(_below(column, "scores"), score, _SCORE, accept=_SCORE))

    def _column_in(self, line_items: str, resource: str) -> str | None:
        parts = urlsplit(line_items)
        query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), ("resource_id", resource)])
        address = parts._replace(query=query).geturl()
        for _ in range(_PAGES):
            found, further = self._asked("column", Request(address, headers=self._head(_ITEMS)))  # noqa: S310  (https, or this machine)
            for each in found if isinstance(found, list) else ():
                if isinstance(each, dict) and each.get("resourceId") == resource:
                    return _address(each, line_items)
            if not further or not _is_there(further, line_items):
                return None
            address = further
        return None

    def _post(self, address: str, content: object, kind: str, *, accept: str) -> Request:
        body = json.dumps(content, ensure_ascii=False).encode()
        return Request(address, body, {**self._head(accept), "Content-Type": kind})  # noqa: S310  (https, or this machine)

    def _head(self, accept: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}", "Accept": accept}

    @staticmethod
    def _asked(step: str, asked: Request) -> tuple[Any, str]:
        """What came as JSON, None for nothing, and where there is more; a fault names the step at which it was."""
        try:
            answer = ask(asked, _MOST)
        except (NotSent, Uncertain) as fault:
            raise NotSent(f"{step}: {fault}") from None
        except Refused as fault:
            raise Refused(f"{step}: {fault}", fault.status) from None
        try:
            return (read_json(answer.body) if answer.body.strip() else None), _next(answer.link)
        except ValueError:
            return None, ""


def _below(address: str, name: str) -> str:
    """A place below an address that may have a query of its own."""
    parts = urlsplit(address)
    return parts._replace(path=f"{parts.path.rstrip('/')}/{name}").geturl()


def _address(found: object, line_items: str) -> str | None:
    """A column's own address, if it is on the platform that was asked: our token goes nowhere else."""
    address = found.get("id") if isinstance(found, dict) else None
    return address if isinstance(address, str) and _is_there(address, line_items) else None


def _is_there(address: str, line_items: str) -> bool:
    return is_sendable(address) and urlsplit(address)[:2] == urlsplit(line_items)[:2]


def _next(link: str) -> str:
    """Of a head like `<https://…>; rel="next", <…>; rel="last"`."""
    for each in link.split(","):
        address, _, rest = each.strip().partition(">")
        if address.startswith("<") and 'rel="next"' in rest.replace("'", '"').replace("rel=next", 'rel="next"'):
            return address[1:]
    return ""

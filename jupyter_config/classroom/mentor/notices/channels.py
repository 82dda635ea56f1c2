"""The ways out: a chat's incoming webhook, mail, and any other server that is asked. No secret stands in what they raise."""

from __future__ import annotations

import http.client
import json
import smtplib
import ssl
import urllib.request
from dataclasses import dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING, Self
from urllib.error import HTTPError, URLError

from classroom.mentor.notices.settings import WebhookForm

if TYPE_CHECKING:
    from types import TracebackType

    from classroom.mentor.notices.settings import MailServer, Webhook

SECONDS = 20.0
"""So long an answer is waited for."""
_TRY_AGAIN = (408, 425, 429)
_TAKEN = 250
_CERTIFICATE = "certificate"


class NotSent(Exception):  # noqa: N818  (tried again)
    """It did not arrive."""


class Refused(Exception):  # noqa: N818  (not tried again)
    """It will not be taken."""

    def __init__(self, said: str, status: int = 0) -> None:
        super().__init__(said)
        self.status = status
        """HTTP's; 0 where it was no web server's."""


class Uncertain(Exception):  # noqa: N818  (not tried again)
    """It was sent, and nothing says whether it arrived."""


def post(webhook: Webhook, text: str) -> None:
    """Send a text to a chat.

    Raises:
        NotSent: nobody is there, its certificate is not right, or it asks to come again.
        Refused: it takes nothing at this address, or sends on to another one, to which a secret is not carried.
        Uncertain: it did not answer, or broke off.
    """
    body = json.dumps(_form(webhook.form, text), ensure_ascii=False).encode()
    head = {"Content-Type": "application/json; charset=utf-8"}
    ask(urllib.request.Request(webhook.url, body, head, method="POST"))  # noqa: S310  (https, or this machine)


@dataclass(frozen=True)
class ServersAnswer:
    """What a web server said."""

    body: bytes
    link: str
    """Its head of that name, which says where more is; empty without one."""


def ask(asked: urllib.request.Request, most: int = 1000) -> ServersAnswer:
    """Ask a web server, and read so many bytes of its answer at most; it is followed nowhere else. Raises as `post`."""
    try:
        with _OPENER.open(asked, timeout=SECONDS) as answer:
            return ServersAnswer(answer.read(most), str(answer.headers.get("Link") or ""))
    except HTTPError as fault:
        with fault:
            if fault.code >= http.client.INTERNAL_SERVER_ERROR or fault.code in _TRY_AGAIN:
                raise NotSent(f"HTTP {fault.code}") from None
            raise Refused(f"HTTP {fault.code}", fault.code) from None
    except URLError as fault:  # before anything was read
        is_certificate = isinstance(fault.reason, ssl.SSLCertVerificationError)
        raise NotSent(_CERTIFICATE if is_certificate else type(fault.reason).__name__) from None
    except (OSError, http.client.HTTPException) as fault:
        raise Uncertain(type(fault).__name__) from None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow none."""


_OPENER = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler())


def _form(form: WebhookForm, text: str) -> dict[str, object]:
    if form is WebhookForm.TEAMS:
        block = {"type": "TextBlock", "text": text, "wrap": True}
        card = {"type": "AdaptiveCard", "version": "1.4", "body": [block]}
        kind = "application/vnd.microsoft.card.adaptive"
        return {"type": "message", "attachments": [{"contentType": kind, "content": card}]}
    if form is WebhookForm.SLACK:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {"text": text}


class MailConnection:
    """An open connection to a mail server."""

    def __init__(self, server: MailServer) -> None:
        """Raises NotSent if it can't be reached, or does not let us in."""
        self._server = server
        try:
            self._open = self._connect()
        except ssl.SSLCertVerificationError:
            raise NotSent(_CERTIFICATE) from None
        except (OSError, smtplib.SMTPException, UnicodeError) as fault:  # it takes no such user, password or host
            raise NotSent(_in_short(fault)) from None

    def _connect(self) -> smtplib.SMTP:
        server, context = self._server, ssl.create_default_context()
        connection: smtplib.SMTP
        if server.security == "tls":
            connection = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        try:
            if server.security == "starttls":
                connection.starttls(context=context)
            if server.user:
                connection.login(server.user, server.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def send(self, to: str, subject: str, text: str, message_id: str) -> None:
        """Send a mail.

        Raises:
            NotSent: the server asks to come again, or was gone before the text.
            Refused: it takes no mail for this address.
            Uncertain: it broke off after the text.
        """
        mail = EmailMessage()
        try:
            mail["From"], mail["To"], mail["Subject"] = self._server.sender, to, subject
        except ValueError:
            raise Refused("address") from None
        mail["Message-ID"], mail["Auto-Submitted"] = message_id, "auto-generated"
        mail.set_content(text, cte="base64")
        try:
            self._open.ehlo_or_helo_if_needed()
            self._open.rset()  # what was refused before is still open, and a second mail inside it would be as well
            _check(self._open.mail(self._server.sender))
            _check(self._open.rcpt(to))
        except (OSError, smtplib.SMTPException) as fault:
            raise NotSent(_in_short(fault)) from None
        except UnicodeError:
            raise Refused("address") from None
        try:
            _check(self._open.data(mail.as_bytes()))
        except smtplib.SMTPDataError as fault:  # said before the text was sent
            _check((fault.smtp_code, b""))
        except (OSError, smtplib.SMTPException) as fault:
            raise Uncertain(_in_short(fault)) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._open.quit()
        except (OSError, smtplib.SMTPException):
            self._open.close()


def _check(answer: tuple[int, bytes]) -> None:
    code = answer[0]
    if code // 100 == 5:
        raise Refused(f"SMTP {code}")
    if code // 10 != _TAKEN // 10:
        raise NotSent(f"SMTP {code}")


def _in_short(fault: Exception) -> str:
    """What may be shown: a code, no text of a server's, in which a name may stand."""
    return f"SMTP {fault.smtp_code}" if isinstance(fault, smtplib.SMTPResponseException) else type(fault).__name__

"""Sign-in from a learning platform on a real hub: a platform of our own signs people in, and nobody else can."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from classroom.exchange.launches import ENDPOINT_CLAIM, Launch, read_launches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from requests import Response, Session

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="JupyterHub needs a Unix system")
SETTINGS = Path(__file__).parents[3] / "jupyter_config" / "hub" / "jupyterhub_config.py"
CLIENT, CLAIM = "penguin-at-work", "https://purl.imsglobal.org/spec/lti/claim/"


@dataclass
class Platform:
    """A learning platform: its key, which it publishes, and the tokens that it signs."""

    address: str
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def claims(self, nonce: str, /, **others: Any) -> dict[str, Any]:
        now = int(time.time())
        told = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": "7",
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "email": "Hanako@example.com",
            f"{CLAIM}message_type": "LtiResourceLinkRequest",
            f"{CLAIM}version": "1.3.0",
            f"{CLAIM}deployment_id": "1",
            f"{CLAIM}target_link_uri": "http://127.0.0.1/",
            f"{CLAIM}resource_link": {"id": "1"},
            f"{CLAIM}roles": [],
            ENDPOINT_CLAIM: {"scope": [], "lineitems": f"{self.address}/course/5/lineitems"},
        }
        return {name: each for name, each in {**told, **others}.items() if each is not None}

    def token(self, nonce: str, /, **others: Any) -> str:
        return jwt.encode(self.claims(nonce, **others), self.key, "RS256", headers={"kid": "one"})


@contextmanager
def platform() -> Iterator[Platform]:
    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            key = {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(made.key.public_key())), "kid": "one", "use": "sig"}
            body = json.dumps({"keys": [key]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keys)
    made = Platform(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()


def free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        held = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in held:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in held]


@contextmanager
def running(place: Path, lms: Platform) -> Iterator[str]:
    """The hub as its configuration makes it, for people of the platform; gives its address."""
    front, inner, api = free_ports(3)
    proxy = str(Path(sys.executable).parent / "configurable-http-proxy")
    (place / "config.py").write_text(
        f"load_subconfig({str(SETTINGS)!r})\n"
        "c = get_config()\n"
        "c.JupyterHub.spawner_class = 'simple'\n"
        f"c.JupyterHub.bind_url = 'http://127.0.0.1:{front}'\n"
        f"c.JupyterHub.hub_port = {inner}\n"
        f"c.ConfigurableHTTPProxy.api_url = 'http://127.0.0.1:{api}'\n"
        f"c.ConfigurableHTTPProxy.command = {proxy!r}\n",
        encoding="utf-8",
    )
    variables = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "PENGUIN"))},
        "PENGUIN_SIGN_IN": "lti",
        "PENGUIN_LTI_ISSUER": lms.address,
        "PENGUIN_LTI_CLIENT_ID": CLIENT,
        "PENGUIN_LTI_AUTHORIZE_URL": f"{lms.address}/authorize",
        "PENGUIN_LTI_KEYS_URL": f"{lms.address}/keys",
        "PENGUIN_LTI_LAUNCHES": str(place / "launches.json"),
    }
    with (place / "hub.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", "config.py"], cwd=place, env=variables, stdout=log, stderr=log
        )
        try:
            _wait(f"http://127.0.0.1:{front}/hub/health", process, place)
            yield f"http://127.0.0.1:{front}"
        finally:
            process.terminate()
            process.wait(60)


def _wait(url: str, process: subprocess.Popen[bytes], place: Path) -> None:
    for _ in range(240):
        try:
            if requests.get(url, timeout=5).ok:
                return
        except requests.RequestException:
            pass
        assert process.poll() is None, (place / "hub.log").read_text()
        time.sleep(0.5)
    pytest.fail((place / "hub.log").read_text())


@pytest.fixture(scope="module")
def lms() -> Iterator[Platform]:
    with platform() as made:
        yield made


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hub")


@pytest.fixture(scope="module")
def hub(lms: Platform, place: Path) -> Iterator[str]:
    with running(place, lms) as address:
        yield address


def begin(hub: str, lms: Platform, session: Session) -> dict[str, str]:
    """The platform sends somebody to the hub, which sends them back to be told who they are."""
    asked = {"iss": lms.address, "login_hint": "7", "client_id": CLIENT, "target_link_uri": f"{hub}/hub/home"}
    sent = session.get(f"{hub}/hub/lti13/oauth_login", params=asked, allow_redirects=False, timeout=60)
    assert sent.headers["Location"].startswith(f"{lms.address}/authorize?")
    told = {name: each[0] for name, each in parse_qs(urlsplit(sent.headers["Location"]).query).items()}
    assert (told["redirect_uri"], told["client_id"]) == (f"{hub}/hub/lti13/oauth_callback", CLIENT)
    return told


def end(hub: str, session: Session, token: str, state: str) -> Response:
    form = {"id_token": token, "state": state}
    return session.post(f"{hub}/hub/lti13/oauth_callback", data=form, allow_redirects=False, timeout=60)


def name_of(hub: str, session: Session) -> str:
    """Who the hub takes a browser for; empty for nobody."""
    page = session.get(f"{hub}/hub/home", allow_redirects=False, timeout=60)
    return page.text.partition('user: "')[2].partition('"')[0] if page.ok and page.status_code == 200 else ""


def test_who_comes_from_the_platform_is_signed_in_under_their_address_and_it_is_kept_where_scores_go(
    hub: str, lms: Platform, place: Path
) -> None:
    with requests.Session() as session:
        told = begin(hub, lms, session)
        done = end(hub, session, lms.token(told["nonce"]), told["state"])
        assert (done.status_code, done.headers["Location"]) == (302, "/hub/home"), done.text
        assert name_of(hub, session) == "hanako@example.com"
    kept = place / "launches.json"
    assert read_launches(kept) == {"hanako@example.com": Launch("7", f"{lms.address}/course/5/lineitems")}
    assert kept.stat().st_mode & 0o007 == 0


def other_key(lms: Platform, nonce: str) -> str:
    return Platform(lms.address).token(nonce)


def unsigned(lms: Platform, nonce: str) -> str:
    return jwt.encode(lms.claims(nonce), None, "none", headers={"kid": "one"})


def signed_with_what_all_know(lms: Platform, nonce: str) -> str:
    """By the public key, taken for a shared secret."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    public = lms.key.public_key().public_bytes(serialization.Encoding.PEM, form)
    parts = ({"alg": "HS256", "typ": "JWT", "kid": "one"}, lms.claims(nonce))
    text = ".".join(base64.urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=").decode() for each in parts)
    sign = hmac.new(public, text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(sign).rstrip(b'=').decode()}"


ATTACKS: dict[str, Callable[[Platform, str], str]] = {
    "another's key": other_key,
    "no signature": unsigned,
    "the public key as a secret": signed_with_what_all_know,
    "another platform": lambda lms, nonce: lms.token(nonce, iss="https://elsewhere.example"),
    "no platform": lambda lms, nonce: lms.token(nonce, iss=None),
    "for another tool": lambda lms, nonce: lms.token(nonce, aud="another-tool"),
    "for several tools": lambda lms, nonce: lms.token(nonce, aud=[CLIENT, "another"], azp="another"),
    "expired": lambda lms, nonce: lms.token(nonce, exp=int(time.time()) - 10),
    "issued long ago": lambda lms, nonce: lms.token(nonce, iat=int(time.time()) - 3600),
    "another nonce": lambda lms, nonce: lms.token(nonce[::-1]),
    "no nonce": lambda lms, _: lms.token("", nonce=None),
    "another version": lambda lms, nonce: lms.token(nonce, **{f"{CLAIM}version": "1.1"}),
    "another message": lambda lms, nonce: lms.token(nonce, **{f"{CLAIM}message_type": "Hello"}),
    "no address": lambda lms, nonce: lms.token(nonce, email=None),
    "an empty address": lambda lms, nonce: lms.token(nonce, email=" "),
    "an address that is none": lambda lms, nonce: lms.token(nonce, email=["hanako@example.com"]),
    "a name that is a path": lambda lms, nonce: lms.token(nonce, email="../hanako"),
    "no token": lambda *_: "",
    "no JWT": lambda *_: "a.b.c",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_nobody_else_is(hub: str, lms: Platform, place: Path, attack: str) -> None:
    kept = place / "launches.json"
    before = kept.read_bytes() if kept.exists() else b""
    with requests.Session() as session:
        told = begin(hub, lms, session)
        done = end(hub, session, ATTACKS[attack](lms, told["nonce"]), told["state"])
        assert done.status_code >= 400, (attack, done.status_code)
        assert name_of(hub, session) == ""
    assert (kept.read_bytes() if kept.exists() else b"") == before, "nor do scores go elsewhere"


def test_a_token_works_once_and_only_where_it_was_asked_for(hub: str, lms: Platform) -> None:
    with requests.Session() as session, requests.Session() as thief:
        told = begin(hub, lms, session)
        token = lms.token(told["nonce"])
        assert end(hub, thief, token, told["state"]).status_code == 400
        begin(hub, lms, thief)
        assert end(hub, thief, token, told["state"]).status_code == 400, "with a state of its own"
        assert end(hub, session, token, told["state"]).status_code == 302
        assert end(hub, session, token, told["state"]).status_code == 400, "again"
        assert name_of(hub, thief) == ""


def test_the_hub_sends_nobody_elsewhere_after_signing_in(hub: str, lms: Platform) -> None:
    with requests.Session() as session:
        asked = {
            "iss": lms.address,
            "login_hint": "7",
            "client_id": CLIENT,
            "target_link_uri": "https://elsewhere.example/hub/home",
        }
        sent = session.get(f"{hub}/hub/lti13/oauth_login", params=asked, allow_redirects=False, timeout=60)
        told = {name: each[0] for name, each in parse_qs(urlsplit(sent.headers["Location"]).query).items()}
        done = end(hub, session, lms.token(told["nonce"]), told["state"])
        assert done.headers["Location"] == "/hub/home"


@pytest.mark.parametrize(
    ("lang", "told"),
    [("ja", "学習管理システムから email が届かなかった"), ("en", "The learning platform sent no email")],
)
def test_who_comes_without_a_name_reads_why_in_their_language(
    monkeypatch: pytest.MonkeyPatch, lang: str, told: str
) -> None:
    from ltiauthenticator.lti13.error import LoginError

    from classroom.hub.lti import LtiSignIn

    monkeypatch.setenv("PENGUIN_LANG", lang)
    with pytest.raises(LoginError, match=told):
        LtiSignIn(username_key="email").get_username({"sub": "7"})

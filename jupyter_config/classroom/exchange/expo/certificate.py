"""The certificate: what somebody has shown by which exercises, and their Expo, with a code that a mentor can check offline.

The code is made with the key that the class gave the learner, so that the desk can make it again. Who learns alone has no key: then the
code says only that the page is as it was written.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from dataclasses import asdict, dataclass
from html import escape, unescape

from classroom.exchange.decoding import decoded
from classroom.exchange.expo.seal import canonical
from classroom.exchange.expo.words import told
from classroom.points import whole_points
from sqlgrade.outside import read_json

_FACTS = re.compile(r'<meta name="penguin-(exam-)?certificate" content="([^"]*)">')
_LETTERS, _GROUP = 20, 4
MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class AbilityShown:
    """One line of a level's self-check."""

    text: str
    exercises: tuple[str, ...]
    """That show it."""
    shown: bool


@dataclass(frozen=True)
class LevelShown:
    """One level's self-check."""

    number: int
    name: str
    abilities: tuple[AbilityShown, ...]


@dataclass(frozen=True)
class Certificate:
    """What stands on it."""

    name: str
    course: str
    """The class; empty for who learned alone."""
    learner: str
    """Who the class knows them as."""
    mentor: str
    lang: str
    on: str
    """The day, ISO 8601."""
    levels: tuple[LevelShown, ...]
    issue: str
    measure: str
    plan: str
    """Code of the log's entry that holds the sealed plan."""
    report: str
    """Code of the entry that holds the report."""
    points: float
    """Of the Expo; 0 for who learned alone."""
    possible: float
    team: tuple[str, ...] = ()
    """The names of all who worked on the Expo together; empty for who did so alone."""


@dataclass(frozen=True)
class Signed:
    """A certificate with its code."""

    certificate: Certificate
    code: str

    def is_signed(self, key: str) -> bool:
        """Whether the code was made with this key, of just this text."""
        return hmac.compare_digest(self.code, code_of(self.certificate, key))


@dataclass(frozen=True)
class SkillShown:
    """One task of a level test."""

    text: str
    """The skill's name."""
    points: float
    possible: float


@dataclass(frozen=True)
class ExamCertificate:
    """What stands on the certificate of a level test; the desk makes it, by a key that no learner has."""

    name: str
    course: str
    learner: str
    mentor: str
    lang: str
    on: str
    """The day, ISO 8601."""
    exam: str
    """The paper's key."""
    level: int
    level_name: str
    points: float
    possible: float
    skills: tuple[SkillShown, ...]


@dataclass(frozen=True)
class SignedExam:
    """A level test's certificate with its code."""

    certificate: ExamCertificate
    code: str

    def is_signed(self, key: str) -> bool:
        """Whether the code was made with this key, of just this text."""
        return hmac.compare_digest(self.code, code_of(self.certificate, key))


def code_of(certificate: Certificate | ExamCertificate, key: str) -> str:
    """The code: letters and digits in groups of four."""
    facts = {
        name: fact for name, fact in asdict(certificate).items() if name != "team" or fact
    }  # codes from before teams hold
    made = hmac.new(key.encode(), canonical(facts).encode("utf-8", "replace"), hashlib.sha256).digest()
    letters = base64.b32encode(made).decode()[:_LETTERS]
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LETTERS, _GROUP))


def page_of(signed: Signed) -> bytes:
    """The certificate as a page of HTML without scripts, to be printed; all facts stand in it for who checks it."""
    one, lang = signed.certificate, signed.certificate.lang
    levels = "".join(
        f"<h2>{told('certificate.level', lang, number=level.number, name=level.name)}</h2><ul>"
        + "".join(
            f"<li>{escape(each.text)} <small>{escape(', '.join(each.exercises))}</small></li>"
            for each in level.abilities
        )
        + "</ul>"
        for level in one.levels
    )
    expo = told("certificate.expo", lang, issue=one.issue, measure=one.measure)
    points = (
        told("certificate.points", lang, points=whole_points(one.points, one.possible), possible=f"{one.possible:g}")
        if one.course
        else ""
    )
    line = (
        f"<p class='line'>{told('certificate.mentor', lang, mentor=one.mentor, course=one.course)}</p>"
        if one.course
        else f"<p>{told('certificate.alone', lang)}</p>"
    )
    team = f"<p>{told('certificate.team', lang, names=' · '.join(one.team))}</p>" if one.team else ""
    body = f"{levels}<h2>Expo</h2><p>{expo} {points}</p>{team}{line}"
    return _page(signed, told("certificate.title", lang), told("certificate.text", lang, on=one.on), body)


def exam_page_of(signed: SignedExam) -> bytes:
    """The certificate of a level test, in the same form."""
    one, lang = signed.certificate, signed.certificate.lang
    score = told(
        "certificate.exam_points",
        lang,
        points=whole_points(one.points, one.possible),
        possible=f"{one.possible:g}",
    )
    skills = "".join(
        f"<li>{escape(each.text)} <small>{whole_points(each.points, each.possible)} / {each.possible:g}</small></li>"
        for each in one.skills
    )
    body = (
        f"<h2>{told('certificate.level', lang, number=one.level, name=one.level_name)}</h2><p>{score}</p><ul>{skills}</ul>"
        f"<p class='line'>{told('certificate.mentor', lang, mentor=one.mentor, course=one.course)}</p>"
    )
    return _page(signed, told("certificate.exam_title", lang), told("certificate.exam_text", lang, on=one.on), body)


def _page(signed: Signed | SignedExam, title: str, text: str, body: str) -> bytes:
    one, lang = signed.certificate, signed.certificate.lang
    facts = escape(json.dumps(asdict(signed), ensure_ascii=False), quote=True)
    meta = f"penguin-{'exam-' if isinstance(signed, SignedExam) else ''}certificate"
    style = (
        "body{font-family:sans-serif;max-width:46em;margin:2em auto;padding:0 1em;line-height:1.6;color:#222}"
        "h1{text-align:center}h1+p{text-align:center;font-size:1.5em;border-bottom:1px solid #888}h2{font-size:1.05em;margin:1.2em 0 0}"
        "ul{margin:.2em 0}small{color:#5f5f5f;white-space:nowrap}.line{margin-top:3em;border-top:1px solid #888;width:60%}code{font-size:1.1em}"
    )
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><meta name="{meta}" content="{facts}">'
        f"<title>{title}</title><style>{style}</style></head><body>"
        f"<h1>{title}</h1><p>{escape(one.name)}</p><p>{text}</p>{body}"
        f"<p>{told('certificate.code', lang)} <code>{signed.code}</code></p></body></html>\n"
    ).encode()


def read_page(content: bytes) -> Signed | SignedExam:
    """The certificate in a page that anybody may have written.

    Raises:
        ValueError: there is none.
    """
    found = _FACTS.search(content[:MOST_BYTES].decode("utf-8", "replace"))
    if found is None:
        raise ValueError("no certificate")
    facts = read_json(unescape(found[2]))
    return decoded(SignedExam, facts) if found[1] else decoded(Signed, facts)

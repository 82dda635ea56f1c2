"""Whether a certificate is one of this class: its code is the desk's own, and it says no more than the desk knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.exchange.expo.certificate import SignedExam, read_page
from classroom.exchange.expo.seal import REPORT
from classroom.mentor.expo.expos import handed_in
from classroom.mentor.expo.outcome import outcome_of
from classroom.mentor.place.exam_store import ExamStore
from classroom.mentor.place.invitations import certificate_key, key_of
from classroom.messages import say

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.exchange.expo.certificate import Certificate, Signed
    from classroom.mentor.expo.expos import HandedInExpo
    from classroom.mentor.place.folder import MentorFolder


@dataclass(frozen=True)
class Finding:
    """What was found: a code of a sentence below `certificate`, and whether it speaks for the certificate."""

    code: str
    is_good: bool


def check(folder: MentorFolder, signed: Signed | SignedExam) -> tuple[Finding, ...]:
    """Check a certificate against the class's key and the desk's own records."""
    return _check_exam(folder, signed) if isinstance(signed, SignedExam) else _check_course(folder, signed)


def _check_course(folder: MentorFolder, signed: Signed) -> tuple[Finding, ...]:
    one = signed.certificate
    if not one.learner and signed.is_signed(""):
        return (Finding("alone", is_good=False),)
    if not signed.is_signed(key_of(folder, one.learner)):
        return (Finding("forged", is_good=False),)
    own = _reported_as(folder, one)
    result = outcome_of(folder, own).final if own else None
    has_passed = result is not None and result.passes and result.total == one.points
    return (
        Finding("signed", is_good=True),
        Finding("report_known" if own else "report_unknown", is_good=own is not None),
        Finding("passed" if has_passed else "not_passed", is_good=has_passed),
        *_team_hidden(one, own),
    )


def _reported_as(folder: MentorFolder, one: Certificate) -> HandedInExpo | None:
    """The Expo of the certificate's learner, or one that they have worked on, whose report the certificate names."""
    mine = [each for each in handed_in(folder) if one.learner in each.everybody]
    return next((each for each in mine if any(e.kind == REPORT and e.code == one.report for e in each.expo.log)), None)


def _team_hidden(one: Certificate, own: HandedInExpo | None) -> tuple[Finding, ...]:
    """Whether it says nothing of those who have worked on it too."""
    return (Finding("team_hidden", is_good=False),) if own and own.others and not one.team else ()


def _check_exam(folder: MentorFolder, signed: SignedExam) -> tuple[Finding, ...]:
    one = signed.certificate
    if not signed.is_signed(certificate_key(folder)):
        return (Finding("forged", is_good=False),)
    own = next((each for each in ExamStore(folder).all(one.learner) if each.paper.key == one.exam), None)
    result = own.result if own is not None else None
    has_passed = own is not None and result is not None and own.has_passed and result.points == one.points
    return (
        Finding("signed", is_good=True),
        Finding("exam_known" if own else "exam_unknown", is_good=own is not None),
        Finding("passed" if has_passed else "not_passed", is_good=has_passed),
    )


def told(folder: MentorFolder, file: Path) -> tuple[list[str], bool]:
    """What is found of a certificate's file, in sentences, and whether all of it speaks for the certificate."""
    try:
        signed = read_page(file.read_bytes())
    except (OSError, ValueError):
        return [say("certificate.none", folder.lang, place=file)], False
    one, found = signed.certificate, check(folder, signed)
    who = {"name": one.name, "learner": one.learner or "–", "on": one.on, "number": signed.code}
    lines = [
        say("certificate.facts", folder.lang, **who),
        *(say(f"certificate.{each.code}", folder.lang) for each in found),
    ]
    return lines, all(each.is_good for each in found)

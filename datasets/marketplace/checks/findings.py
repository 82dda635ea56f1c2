"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """One text in both languages."""

    ja: str
    en: str

    def __getitem__(self, lang: str) -> str:
        """Return the text in "ja" or "en"."""
        return self.ja if lang == "ja" else self.en


@dataclass(frozen=True)
class Finding:
    """One check: its name, its title, what was planted, what was found."""

    name: str
    title: Wording
    ok: bool
    planted: Wording
    found: Wording


@dataclass(frozen=True)
class Described:
    """What a check is about: its name, its title, what was planted, and its query."""

    name: str
    title: Wording
    planted: Wording
    sql: str


@dataclass(frozen=True)
class Report:
    """All findings of a data set."""

    path: str
    scale: str
    seed: str
    locale: str
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Return whether every check passed."""
        return all(finding.ok for finding in self.findings)

    @property
    def failed(self) -> tuple[Finding, ...]:
        """Return the checks that failed."""
        return tuple(finding for finding in self.findings if not finding.ok)

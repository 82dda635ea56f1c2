"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One check: its name, what was planted, what was found."""

    name: str
    title_ja: str
    title_en: str
    ok: bool
    planted: str
    found: str

    def title(self, lang: str) -> str:
        """Return the title in "ja" or "en"."""
        return self.title_ja if lang == "ja" else self.title_en


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

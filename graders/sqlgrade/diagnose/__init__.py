"""What is wrong with a refuted answer, and where in its text (pass 10)."""

from sqlgrade.diagnose.findings import diagnose

__all__ = ["diagnose"]

"""What is wrong with a refuted answer, and where in its text (pass 10)."""

from sqlgrade.diagnose.findings import Diagnosis, diagnose

__all__ = ["Diagnosis", "diagnose"]

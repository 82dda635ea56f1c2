"""What is wrong with a refuted answer, and where in its text."""

from sqlgrade.diagnose.diagnosis import Diagnosis, diagnose

__all__ = ["Diagnosis", "diagnose"]

"""Answers judged, each question once, and what is kept of it."""

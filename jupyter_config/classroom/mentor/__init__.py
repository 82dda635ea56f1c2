"""The mentor's desk: a class's folder, its grading, its feedback."""

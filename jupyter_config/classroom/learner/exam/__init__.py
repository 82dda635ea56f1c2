"""Level tests (検定) as a learner takes them: the paper that a mentor opened, or a practice test; no hints, the verdict only at the end."""

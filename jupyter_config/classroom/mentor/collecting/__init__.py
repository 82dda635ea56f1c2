"""Hand-ins: taken once, looked through, restored."""

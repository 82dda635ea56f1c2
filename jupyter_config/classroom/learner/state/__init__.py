"""The state of a sitting: session, running, display, marking, results, and the last answers."""

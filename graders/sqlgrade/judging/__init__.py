"""From text to verdict in one process: the passes in order."""

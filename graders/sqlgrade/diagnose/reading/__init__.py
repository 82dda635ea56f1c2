"""Two queries side by side: what differs, where columns come from, what the one has and the other has not."""

"""The verdict on one answer: what is said of it, and drawn."""

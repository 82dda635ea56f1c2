"""Judging in processes of its own: workers, what they are asked, and batches."""

"""The smallest and most familiar database on which an answer is still wrong."""

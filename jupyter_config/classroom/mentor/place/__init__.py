"""The course folder: who is in the class, its calendar, and the files that are kept."""

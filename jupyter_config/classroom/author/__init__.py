"""The author's page: exercises as learners see them, read anew whenever a file is saved, with what their proof says beside them."""

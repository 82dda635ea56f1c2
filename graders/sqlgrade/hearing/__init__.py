"""An answer heard on a loaded pack: the databases at hand, the search for more, the credit."""

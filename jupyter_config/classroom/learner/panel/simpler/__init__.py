"""The simpler form of an exercise, made from a right answer: words to fill in, or lines to put in order."""

from classroom.learner.panel.simpler.covered import Covered
from classroom.learner.panel.simpler.fill_in import FillIn, make_fill_in
from classroom.learner.panel.simpler.make import make_simpler
from classroom.learner.panel.simpler.pieces import Pieces, make_pieces

__all__ = ["Covered", "FillIn", "Pieces", "make_fill_in", "make_pieces", "make_simpler"]

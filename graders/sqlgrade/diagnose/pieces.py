"""The mistakes of an answer that differs in several things from a right one: the steps that undo each, with its name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from sqlglot import exp

from sqlgrade.compare import fingerprint, order_counts, same_sequence
from sqlgrade.diagnose.repairs.step import COMMONEST
from sqlgrade.query.clause import STAGES, Clause
from sqlgrade.query.surgery import NEEDS_BRACKETS
from sqlgrade.tables.result import Result
from sqlgrade.verdict import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.diagnose.classifier import Classifier, Named
    from sqlgrade.diagnose.refuted import RefutedAnswer
    from sqlgrade.diagnose.repairs.minimal import Distilled
    from sqlgrade.diagnose.repairs.step import Step
    from sqlgrade.outcomes.trial import Trial

_Key: TypeAlias = tuple[object, ...]


@dataclass(frozen=True)
class Piece:
    """One of several mistakes: the steps that undo it alone, and its name."""

    steps: tuple[Step, ...]
    named: Named | None
    sql: str
    """The answer without this mistake, and with all others."""
    of: tuple[Step, ...] = ()
    """Those of the steps that the name is of, where the others only go along with them."""

    @property
    def clause(self) -> Clause:
        """The clause that has to change, the first in the order of evaluation."""
        return min((step.clause for step in self.of or self.steps), key=STAGES.index)

    @property
    def is_side(self) -> bool:
        """Whether it is one side of a comparison: what is said of both at once is said of neither."""
        return any(step.is_side for step in self.steps)

    @property
    def tells(self) -> bool:
        """Whether its name says what was done."""
        return self.named is not None and not self.named.is_general

    @property
    def is_known(self) -> bool:
        """Whether its name says what was done by itself, and not only where."""
        return self.named is not None and not self.named.mistake.mistake.author_first

    @property
    def key(self) -> _Key:
        """What makes two pieces one mistake: the same thing done in two places."""
        if self.named is None:
            return (self.clause,)
        told = {name: value for name, value in self.named.mistake.params.items() if isinstance(value, str)}
        return (self.named.mistake.key, *sorted(told.items()))

    def finding(self) -> Finding:
        """What is said of it by itself."""
        if self.named is not None:
            named = self.named if len(self.steps) == 1 else replace(self.named, heading="")
            return finding_of(named, Level.CERTAIN, self.clause.value)
        return Finding(Level.CLAUSE, COMMONEST[self.clause], self.clause.value)


def finding_of(named: Named, level: Level, clause: str | None) -> Finding:
    """A name as it is told."""
    found, mistake = named.mistake, named.mistake.mistake
    told = {**found.params, "place": str(found.part)}
    if named.heading and not named.others and named.heading not in found.params.values():
        told["heading"] = named.heading
    return Finding(level, found.code, clause, named.site, told, None, mistake.key, mistake.author_first, mistake.stops)


def pieces_of(distilled: Distilled, classifier: Classifier) -> list[Piece]:
    """The steps, each with its name; those of one mistake together."""
    found: dict[_Key, Piece] = {}
    for step in distilled.steps:
        piece = _piece((step,), distilled, classifier)
        same = found.get(piece.key) or next((each for each in found.values() if _is_same_window(each, step)), None)
        if same is None:
            found[piece.key] = piece
        else:
            both = _piece((*same.steps, step), distilled, classifier)
            found[same.key] = both if both.tells and not same.tells else replace(both, named=same.named)
    return list(found.values())


def standing_together(pieces: list[Piece], distilled: Distilled, case: RefutedAnswer) -> list[Piece]:
    """The mistakes, each of which the query can't run without together with what makes it run: the column of a step that it reads, a table read once more for it."""
    bare = [each for each in pieces if each.named is None or each.named.mistake.mistake.serves]
    found = list(pieces)
    for piece in [each for each in pieces if each not in bare and bare and not case.trial.binds(each.sql)]:
        for other in (each for each in bare if each in found):
            steps = (*piece.steps, *other.steps)
            both = Piece(steps, piece.named, distilled.undoing(steps), piece.steps)
            if case.trial.binds(both.sql):
                found[found.index(piece)] = both
                found.remove(other)
                break
    return found


def _is_same_window(piece: Piece, step: Step) -> bool:
    """Whether a step mends another place of a window that the piece mends: where steps are merged, each use of it is one."""
    own = _window_of(step)
    return not step.is_side and own is not None and any(_window_of(one) == own for one in piece.steps)


def _window_of(step: Step) -> exp.Expr | None:
    if step.clause is not Clause.WINDOW:
        return None
    return step.node.find(exp.Window) or step.node.find_ancestor(exp.Window)


def _piece(steps: Sequence[Step], distilled: Distilled, classifier: Classifier) -> Piece:
    sql = distilled.undoing(steps)
    return Piece(tuple(steps), classifier.name(sql), sql)


def mended_everywhere(pieces: Sequence[Piece], distilled: Distilled, trial: Trial) -> Piece | None:
    """A mistake without which the answer is right once it is mended wherever the same is written: the others are made of it."""
    return next((each for each in pieces if each.is_known and trial.agrees(_mended_alike(each, distilled))), None)


def _mended_alike(piece: Piece, distilled: Distilled) -> str:
    """The answer with the part of an output that a mistake is in replaced wherever it stands; as it is where it is no such part."""
    tree, first = distilled.own.copy(), piece.steps[0]
    wanted = first.wanted
    if wanted is not None and all(each.wanted is not None and each.node == first.node for each in piece.steps):
        for node in list(tree.find_all(type(first.node))):
            if node == first.node and node.parent is not None:
                inside = isinstance(node.parent, exp.Binary) and isinstance(wanted, NEEDS_BRACKETS)
                node.replace(exp.Paren(this=wanted.copy()) if inside else wanted.copy())
    return tree.sql("duckdb")


def shows(distilled: Distilled, piece: Piece, trial: Trial) -> bool:
    """Whether undoing a mistake alone changes a result; where the query can't run without the others undone it is none by itself."""
    own = distilled.own.sql("duckdb")
    for name in trial.databases:
        without = trial.run(piece.sql, name)
        if not isinstance(without, Result):
            return False
        found = trial.run(own, name)
        if fingerprint(without) != fingerprint(found):
            return True
        if order_counts(trial.references[name], trial.rules) and not same_sequence(without, found):
            return True
    return False


def stands_alone(piece: Piece, distilled: Distilled, trial: Trial) -> bool:
    """Whether it is a mistake of its own: the query runs without it, and it has a name that tells or a result that shows it.

    Else it is a part of writing the query anew.
    """
    return trial.binds(piece.sql) and (piece.tells or shows(distilled, piece, trial))


def mends(distilled: Distilled, piece: Piece, trial: Trial) -> bool:
    """Whether undoing a mistake alone gives the expected result on some database on which the answer is wrong."""
    return trial.right_on_some(piece.sql, trial.wrong_on(distilled.own.sql("duckdb")))

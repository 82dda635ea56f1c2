"""What the branches of a CASE give, and what the rows get that fit none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.comparing import other_condition
from sqlgrade.diagnose.mistakes.record import Family, Mistake, Occurrence, Tier
from sqlgrade.diagnose.mistakes.rule import rule
from sqlgrade.diagnose.mistakes.scene import changed_output
from sqlgrade.diagnose.mistakes.values import missing_values
from sqlgrade.diagnose.reading.contrast import Difference, Part, printed
from sqlgrade.diagnose.reading.trees import column_name, kernel, number_of, place_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.mistakes.scene import Scene

    _Whens = dict[tuple[str, str], exp.Expr]
    """By what a WHEN asks and gives, its condition."""

CASE_WITHOUT_ELSE = Mistake("case_without_else", "E33", Family.CASES)
CASE_OF_BLANK = Mistake("case_of_blank", "E10", Family.CASES)
ELSE_CATCHES = Mistake("else_catches", "E33", Family.CASES, Tier.PART)
ELSE_NEEDLESS = Mistake("else_needless", "E33", Family.CASES)
ELSE_BLANK = Mistake("else_blank", "E33", Family.CASES, Tier.PART)
CASE_NARROWS = Mistake("case_narrows", "E22", Family.CASES, Tier.PART)
ELSE_VALUE = Mistake("else_value", "E33", Family.CASES, Tier.PART)
ELSE_OWN_VALUE = Mistake("else_own_value", "E33", Family.CASES, Tier.PART)
ONES_EXCHANGED = Mistake("ones_exchanged", "E33", Family.CASES)
BRANCH_MISSING = Mistake("branch_missing", "E33", Family.CASES, Tier.PART)
BRANCH_EXTRA = Mistake("branch_extra", "E33", Family.CASES, Tier.PART)
BRANCH_LATE = Mistake("branch_late", "E33", Family.CASES)
BRANCH_VALUE = Mistake("branch_value", "E33", Family.CASES, Tier.PART)

_OPPOSITE: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.GT: exp.LTE,
    exp.LTE: exp.GT,
    exp.LT: exp.GTE,
    exp.GTE: exp.LT,
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
}
_PLAIN = (exp.Literal, exp.Neg, exp.Null)


@rule
def case_of_blank(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """`CASE x WHEN NULL`, which asks x = NULL and so never holds."""
    for case in difference.own[0].find_all(exp.Case) if difference.own else ():
        asked = case.this
        if asked is not None and any(isinstance(branch.this, exp.Null) for branch in case.args["ifs"]):
            told = {"own": scene.quote(asked)}
            yield CASE_OF_BLANK.at("CASE", case, told)


@rule
def ones_exchanged(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A CASE whose ones and zeros stand in each other's place, and that is right but for that."""
    pair = difference.changed
    own, wanted = kernel(*pair) if pair is not None else (None, None)
    if not isinstance(own, exp.Case) or not isinstance(wanted, exp.Case):
        return
    ours, theirs = _numbers_given(own), _numbers_given(wanted)
    if [asked for asked, _ in ours] != [asked for asked, _ in theirs]:
        return
    both = [(one, other) for (_, one), (_, other) in zip(ours, theirs, strict=True)]
    known = [numbers for numbers in both if numbers != (None, None)]
    if len(known) > 1 and all(numbers in ((0, 1), (1, 0)) for numbers in known):
        yield ONES_EXCHANGED.at("CASE", own, {"own": scene.quote(own)})


def _numbers_given(case: exp.Case) -> list[tuple[str, float | None]]:
    """What each WHEN asks with the number that it gives, and that of ELSE at last."""
    default = case.args.get("default")
    given = [(printed(each.this), number_of(each.args["true"])) for each in case.args["ifs"]]
    return [*given, ("", number_of(default) if default else None)]


@rule
def branches(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A CASE that is right but for what one of its branches gives."""
    pair = difference.changed if difference.part is Part.SELECT else None
    if pair is None:
        return
    own, wanted = kernel(*pair)
    yield from _never_met(own, pair[1], scene)
    yield from _other_rows(own, wanted, scene)
    if isinstance(own, exp.Case) and isinstance(wanted, exp.Case):
        yield from _other_branches(own, wanted, scene)
    elif isinstance(own, exp.Case) and printed(own.args.get("default")) == printed(wanted):
        asked = own.args["ifs"][0].this
        yield BRANCH_EXTRA.at("CASE", asked, {"condition": scene.quote(asked)})
    elif isinstance(own, exp.Case) and isinstance(wanted, exp.Column) and isinstance(own.parent, exp.Count):
        asked = own.args["ifs"][0].this
        if len(own.args["ifs"]) == 1 and column_name(asked) == wanted.name and not asked.find(exp.Null):
            told = {"condition": scene.quote(asked), "column": wanted.name}
            yield CASE_NARROWS.at("CASE", asked, told)
    else:
        yield from _other_value(own, wanted, scene)


def _other_value(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """Another value than is asked for after THEN or ELSE."""
    case = own.parent if own.arg_key == "default" else own.find_ancestor(exp.Case) if own.arg_key == "true" else None
    if not isinstance(case, exp.Case):
        return
    told = {"own": scene.quote(own)}
    if own.arg_key == "default" and not isinstance(own, _PLAIN):
        yield _else_value(own, wanted, scene)
    elif own.arg_key == "default":
        blank = isinstance(own, exp.Null) and own.find_ancestor(exp.AggFunc) is not None
        yield (ELSE_BLANK if blank else ELSE_CATCHES).at("CASE", own, told)
    elif isinstance(own, _PLAIN) and own.parent is not None and not isinstance(wanted, exp.Literal):
        told["condition"] = scene.quote(own.parent.this)
        yield BRANCH_VALUE.at("CASE", own, told)


def _turned(own: exp.Case, wanted: exp.Case) -> bool:
    """Whether one CASE asks for the opposite of the other and gives the opposite: only where a blank fits neither do they differ."""
    ours, theirs = (each.args["ifs"] for each in (own, wanted))
    if len(ours) != 1 or len(theirs) != 1 or own.this is not None or wanted.this is not None:
        return False
    asked, other = ours[0].this.unnest(), theirs[0].this.unnest()
    if not isinstance(asked, exp.Binary) or not isinstance(other, exp.Binary):
        return False
    opposite = _OPPOSITE.get(type(asked)) is type(other) and (asked.left, asked.right) == (other.left, other.right)
    gives = [(printed(each.args["ifs"][0].args["true"]), printed(each.args.get("default"))) for each in (own, wanted)]
    return opposite and gives[0] == gives[1][::-1]


def _never_met(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """A WHEN beside what differs that no row ever fits, as its column has no such value: its rows end up at ELSE."""
    around = own.find_ancestor(exp.Case) if own.arg_key in ("default", "true") else None
    meant = frozenset(text.name for text in wanted.find_all(exp.Literal) if text.is_string)
    for found in missing_values(around, scene, meant) if around is not None else ():
        yield found.on("CASE")


def _other_rows(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """What is wrong with the condition of one WHEN, where that is all that differs."""
    while own.parent is not None and wanted.parent is not None and isinstance(own, exp.Condition | exp.Identifier):
        if isinstance(own.parent, exp.If) and own.arg_key == "this":
            if isinstance(wanted.parent, exp.If) and scene.matters(own, wanted):
                yield from other_condition(own, wanted, Part.SELECT, scene)
            return
        own, wanted = own.parent, wanted.parent


def _other_branches(own: exp.Case, wanted: exp.Case, scene: Scene) -> Iterator[Occurrence]:
    """Another value after ELSE, a WHEN too few or too many: as far as the other branches say the same."""
    ours, theirs = _whens(own), _whens(wanted)
    value, meant = own.args.get("default"), wanted.args.get("default")
    if value is not None and lacks_else(wanted, own):
        key = ELSE_NEEDLESS if own.find_ancestor(exp.AggFunc) is not None else ELSE_VALUE
        yield key.at("CASE", value, {"own": scene.quote(value)})
    elif value is not None and _turned(own, wanted):
        yield ELSE_CATCHES.at("CASE", value, {"own": scene.quote(value)})
    elif value is not None and meant is not None and printed(value) != printed(meant):
        if {asked for asked, _ in ours} <= {asked for asked, _ in theirs}:  # else other rows are left to ELSE
            yield _else_value(value, meant, scene)
    elif value is None and _given_only(ours, theirs, meant):
        yield CASE_WITHOUT_ELSE.at("CASE", own, {"own": scene.quote(own)})
    else:
        yield from _other_whens(ours, theirs, value, scene)


@rule
def never_reached(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A WHEN behind one that takes all of its rows: `x < 30` after `x < 720`."""
    pair = difference.changed if difference.part is Part.SELECT else None
    for case in pair[0].find_all(exp.Case) if pair is not None else ():
        late = _behind(case)
        if late is not None:
            yield BRANCH_LATE.at("CASE", late, {"condition": scene.quote(late)})


def _behind(case: exp.Case) -> exp.Expr | None:
    """The first WHEN whose bound lies within that of an earlier one of the same thing."""
    widest: dict[tuple[bool, str], float] = {}
    conditions: list[exp.Expr] = [branch.this.unnest() for branch in case.args["ifs"]]
    for asked in conditions:
        bound = number_of(asked.expression) if isinstance(asked, exp.LT | exp.LTE | exp.GT | exp.GTE) else None
        if bound is None:
            continue
        upwards = isinstance(asked, exp.GT | exp.GTE)
        key = upwards, printed(asked.this)
        if key in widest and (bound > widest[key] if upwards else bound < widest[key]):
            return asked
        widest[key] = bound
    return None


def _whens(case: exp.Case) -> _Whens:
    return {(printed(each.this), _given(each.args["true"])): each.this for each in case.args["ifs"]}


def _given(value: exp.Expr) -> str:
    """What a branch gives: 1.0 and 1 are one number."""
    number = number_of(value)
    return printed(value) if number is None else f"{number:g}"


def _other_whens(ours: _Whens, theirs: _Whens, value: exp.Expr | None, scene: Scene) -> Iterator[Occurrence]:
    """A WHEN too late, too few or too many."""
    if ours.keys() == theirs.keys() and list(ours) != list(theirs):
        late = next(node for at, (key, node) in enumerate(ours.items()) if list(theirs).index(key) < at)
        yield BRANCH_LATE.at("CASE", late, {"condition": scene.quote(late)})
    elif ours.keys() < theirs.keys() and value is not None:
        yield BRANCH_MISSING.at("CASE", value, {"own": scene.quote(value)})
    elif theirs.keys() < ours.keys():
        extra = next(node for key, node in ours.items() if key not in theirs)
        yield BRANCH_EXTRA.at("CASE", extra, {"condition": scene.quote(extra)})


def _else_value(value: exp.Expr, meant: exp.Expr, scene: Scene) -> Occurrence:
    """Another value after ELSE: that of each row itself where one for all of them is asked for, else less is said."""
    itself = bool(column_name(value)) and value.find_ancestor(exp.AggFunc) is None and value.find(exp.AggFunc) is None
    key = ELSE_OWN_VALUE if itself and _of_the_task(meant) else ELSE_VALUE
    return key.at("CASE", value, {"own": scene.quote(value)})


def _of_the_task(value: exp.Expr) -> bool:
    """Whether a value is one that is written out, whatever the row holds, or one of several such ones by a CASE."""
    if isinstance(value, exp.Case):
        given = [*(branch.args["true"] for branch in value.args["ifs"]), value.args.get("default")]
        return all(isinstance(each, exp.Literal) for each in given)
    return isinstance(value, exp.Literal)


def _given_only(ours: _Whens, theirs: _Whens, value: exp.Expr | None) -> bool:
    """Whether each WHEN too many gives to some rows what ELSE should give to all others."""
    extra = {given for _, given in ours.keys() - theirs.keys()}
    return value is not None and theirs.keys() < ours.keys() and extra == {_given(value)}


def lacks_else(own: exp.Case, wanted: exp.Case) -> bool:
    """Whether an ELSE is what one CASE has and the other, which asks for the same, has not."""
    ours, theirs = ([printed(branch.this) for branch in case.args["ifs"]] for case in (own, wanted))
    around = (type(own.find_ancestor(exp.AggFunc)), type(wanted.find_ancestor(exp.AggFunc)))
    alike = ours == theirs and around[0] is around[1]
    return alike and own.args.get("default") is None and wanted.args.get("default") is not None


@rule
def truth_shown(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A yes or no as an output, or in one, that compares otherwise than is asked for."""
    pair = changed_output(difference)
    own, wanted = kernel(*pair) if pair is not None else (exp.null(), exp.null())
    compared = all(
        isinstance(each, exp.Predicate) and isinstance(each, exp.Binary | exp.Between) for each in (own, wanted)
    )
    if compared and place_in(own, Part.SELECT) == Part.SELECT:
        yield from other_condition(own, wanted, Part.SELECT, scene)

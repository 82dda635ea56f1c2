"""The catalogue's families, each with what makes its mistake in a right answer, and the names that are right for it."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp

from coursebook import load_course
from coursebook.kind import AnswerForm
from sqlgrade.diagnose import diagnose
from sqlgrade.engine.sandbox import read_statement
from sqlgrade.hearing.prepared import Prepared
from sqlgrade.hearing.stages import Stages
from sqlgrade.judging.judge import _heard
from sqlgrade.mutate import OPERATORS, MutantStatus, SchemaColumns, mutate
from sqlgrade.pack.kept import pack_for
from sqlgrade.tables.result import RunError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coursebook import LessonExercise

_BY_NAME = {operator.__name__: operator for operator in OPERATORS}
_LEFT_OUT = "no_where condition_missing condition_missing_in condition_missing_for matched_kept condition_missing_of condition_missing_on condition_besides condition_on_table having_missing having_missing_on and_missing qualify_missing bound_missing_begins bound_missing_ends blanks_kept exists_untied join_untied filter_missing join_missing"
_CLOCK = "clock_unshifted_ahead clock_unshifted_behind clock_ahead clock_behind hours_early hours_late days_early days_late shift_turned"
_JOINED = "partners_dropped partners_dropped_here blanks_never_meet partners_kept partners_kept_here join_side outer_rows_counted zero_missing filter_in_where filter_in_on filter_or_blank"

FAMILIES: dict[str, tuple[str, str]] = {
    "condition missing": ("conj_drop", _LEFT_OUT),
    "value not in the column": ("misspelt", "value_case value_near value_list value_width value_unknown value_unknown_code value_other all_but_few"),
    "bound": ("cmp_op", "bound_excluded bound_included side_turned condition_inverted pairs_twice join_unequal"),
    "another number": ("const_step", "value_other bound_excluded bound_included days_early days_late hours_early hours_late limit_number pattern_other list_extra amount_too_large amount_too_small times_too_large times_too_small denominator number_other rows_away"),
    "AND, OR, brackets": ("conn_swap paren_drop reassoc", "or_for_and or_extra or_missing or_unbracketed or_bracketed_elsewhere and_for_or condition_inverted"),
    "NOT": ("not_toggle", "condition_inverted exists_inverted blank_inverted blanks_dropped not_both not_either"),
    "blank asked for": ("null_test", "blank_inverted equals_blank blanks_dropped blanks_kept condition_inverted"),
    "pattern": ("like_eq like_pos like_wild", "pattern_loose pattern_tight pattern_other equals_pattern pattern_without_wildcard value_other"),
    "condition on another column": ("pred_col", "condition_column"),
    "clock and period": ("tz_shift ts_between month_arith", f"{_CLOCK} last_day_lost bound_included bound_excluded unit_other"),
    "unit of time": ("trunc_unit diff_unit", "unit_other times_too_large times_too_small month_number"),
    "COUNT": ("count_form left_zero", "rows_for_people distinct_merges distinct_of_other outer_rows_counted blanks_counted count_leaves_blanks count_narrowed count_of_other truth_counted counted_beside"),
    "aggregate": ("agg_fn agg_arg", "aggregate_sum aggregate_avg aggregate_max aggregate_min aggregate_count aggregate_of_other count_of_other distinct_of_other rows_for_people column_other column_in_calculation quantile_of_values sum_for_count numerator"),
    "SUM(DISTINCT)": ("agg_distinct", "amounts_merged distinct_merges rows_for_people"),
    "0 and blank": ("coalesce_drop else_drop", "zero_missing label_missing label_other blank_replaced case_without_else sum_without_else else_needless value_unknown"),
    "division": ("div_kind arith_op", "division_whole division_real division_by_zero division_turned times_too_large times_too_small amount_too_large amount_too_small nullif_above difference_turned"),
    "denominator": ("denom_level denom_filter avg_ratio", "denominator numerator mean_of_rates filter_missing condition_missing filter_in_other_block filter_for_all"),
    "rounding": ("round_early", "round_early round_digits round_missing round_needless"),
    "order": ("ord_drop ord_swap ord_dir ord_key ord_nulls", "order_missing order_ties order_key order_key_after order_sequence order_ascending order_descending order_text_ascending order_text_descending order_blanks order_key_twice order_key_missing"),
    "LIMIT": ("limit_step unlimited", "limit_number limit_missing limit_extra limit_early"),
    "grouping": ("grp_drop grp_add", "group_missing one_of_each group_extra group_other group_finer no_grouping"),
    "rows without a match": ("join_type on_where", _JOINED),
    "key of a join": ("join_col on_drop", "join_key join_key_loose join_key_elsewhere join_on_blank_side join_untied condition_column"),
    "table too many or missing": ("tab_drop tab_add fanout", "join_missing join_missing_here join_extra join_extra_drops join_extra_repeats join_extra_both join_multiplied table_other condition_missing"),
    "equal rows": ("sel_distinct union_all", "rows_merged rows_repeated union_merges union_keeps rows_repeated_in"),
    "output columns": ("col_drop col_add col_swap col_other", "column_missing column_extra column_other column_in_calculation column_of_other_table calculation_other calculation_part"),
    "window": ("win_part win_order win_frame rank_fn rows_range lag_lead touch_tie", "partition_missing partition_extra partition_other window_order window_unordered window_ordered window_frame frame_missing frame_extra frame_begins_early frame_begins_late frame_ends_early frame_ends_late window_value aggregate_sum aggregate_avg aggregate_count window_function rows_away lag_for_lead lead_for_lag ties_numbered_apart ties_numbered_alike numbers_left_out no_numbers_left_out order_ascending order_descending order_text_ascending order_text_descending aggregate_min aggregate_max window_ties window_ties_other row_before_asked row_after_asked first_row_asked last_row_asked"),
}  # fmt: skip
"""Family -> what makes its mistake (operators of `sqlgrade.mutate`, or a function below), and the names that are right."""


@dataclass
class Line:
    """The counts of one family."""

    right: int = 0
    named: int = 0
    all: int = 0
    others: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def measure(per: int, cache: Path | None, only: str, *, show: bool) -> None:
    """Makes mistakes in right answers of the course and prints, family by family, how many are named, and named right.

    Near misses are left out, so that nothing but the general diagnosis speaks.
    """
    lines = {family: Line() for family in FAMILIES if only in family}
    exercises = [each for lesson in load_course().lessons for each in lesson.exercises]
    asked = [each for each in exercises if each.kind.answer is AnswerForm.QUERY and each.solutions]
    random.Random(1).shuffle(asked)
    for exercise in asked:
        if all(line.all >= per for line in lines.values()):
            break
        pack = replace(pack_for(exercise.sqlgrade, cache_dir=cache), near_misses=())
        if not pack.databases:
            continue  # an alert is judged by its nights
        ready = Prepared(pack)
        for family, line in lines.items():
            _try_family(family, line, exercise, ready, per)
        ready.close()
    _print(lines, show=show)


def _try_family(family: str, line: Line, exercise: LessonExercise, ready: Prepared, per: int) -> None:
    makers, names = FAMILIES[family]
    bases = [*(each.sql for each in exercise.also_right), *(each.sql for each in exercise.solutions)][:2]
    wrong = [sql for base in bases for sql in _wrong(base, makers.split(), ready)]
    random.Random(f"{exercise.id} {family}").shuffle(wrong)
    tried = 0
    for sql in wrong:
        if line.all >= per or tried >= 2:  # many exercises say more than many places of one
            return
        told = _told(sql, ready, line)
        if told is None:
            continue
        tried += 1
        line.all += 1
        line.named += bool(told)
        line.right += told in names.split()
        if told not in names.split():
            line.others.append(f"{exercise.id} {told or 'nothing'} | {' '.join(sql.split())}")


def _wrong(base: str, makers: list[str], ready: Prepared) -> Iterator[str]:
    def binds(text: str) -> bool:
        return not isinstance(ready.runner.run(text, ready.name(0)), RunError)

    operators = [_BY_NAME[name] for name in makers if name in _BY_NAME]
    found = mutate(base, SchemaColumns.of(ready.pack.schema), binds, operators).mutants
    yield from (mutant.sql for mutant in found if mutant.status is MutantStatus.BINDS)
    for name in makers:
        if name in _OWN:
            yield from (sql for sql in _OWN[name](base) if binds(sql))


def _misspelt(base: str) -> Iterator[str]:
    """A text in other letters, a letter left out, two texts of a list in one."""
    tree = sqlglot.parse_one(base, dialect="duckdb")
    for text in [each for each in tree.find_all(exp.Literal) if each.is_string and each.name.isalpha()]:
        if not isinstance(text.parent, exp.EQ | exp.In):
            continue
        for other in (text.name.swapcase(), text.name[:1] + text.name[2:]):
            if other != text.name:
                yield _with(tree, text, exp.Literal.string(other))
        if isinstance(text.parent, exp.In) and len(text.parent.expressions) > 1:
            listed = ", ".join(each.name for each in text.parent.expressions)
            yield _with(
                tree, text.parent, exp.In(this=text.parent.this.copy(), expressions=[exp.Literal.string(listed)])
            )


def _unlimited(base: str) -> Iterator[str]:
    """The LIMIT forgotten."""
    tree = sqlglot.parse_one(base, dialect="duckdb")
    if tree.args.get("limit") is not None:
        tree.set("limit", None)
        yield tree.sql("duckdb")


_OWN = {"misspelt": _misspelt, "unlimited": _unlimited}


def _with(tree: exp.Expr, node: exp.Expr, other: exp.Expr) -> str:
    places = {id(each): number for number, each in enumerate(tree.walk())}
    copied = tree.copy()
    list(copied.walk())[places[id(node)]].replace(other)
    return copied.sql("duckdb")


def _told(sql: str, ready: Prepared, line: Line) -> str | None:
    """The catalogue's name for a wrong answer; empty where it has none, None where the pack finds nothing wrong."""
    statement = read_statement(sql, ready.runner)
    if isinstance(statement, RunError):
        return None
    hearing = _heard(ready, statement)
    if not hearing.wrong:
        return None
    started = time.process_time()
    findings = diagnose(ready, hearing, sql, Stages()).findings
    line.seconds.append(time.process_time() - started)
    return findings[0].mistake if findings else ""


def _print(lines: dict[str, Line], *, show: bool) -> None:
    for family, line in lines.items():
        share = f"{100 * line.right / line.all:.0f} %" if line.all else "-"
        sys.stdout.write(f"{family}: named right {line.right}, named {line.named}, all {line.all} ({share})\n")
        for other in line.others if show else ():
            sys.stdout.write(f"    {other}\n")
    right, named, count = (sum(getattr(line, name) for line in lines.values()) for name in ("right", "named", "all"))
    times = sorted(each for line in lines.values() for each in line.seconds) or [0.0]
    spent = [f"{1000 * times[int(part * (len(times) - 1))]:.0f}" for part in (0.5, 0.95)]
    unnamed = Counter(family for family, line in lines.items() for _ in range(line.all - line.named))
    sys.stdout.write(f"all: named right {right}, named {named}, all {count}; CPU ms p50 {spent[0]} p95 {spent[1]}\n")
    sys.stdout.write(f"not named: {dict(unnamed.most_common(5))}\n")

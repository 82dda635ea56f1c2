"""From the engine's message to one card: the rules in the order in which they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.errors import characters, conditions, foreign, grouping, habits, names, sources, syntax, values, wording
from sqlgrade.errors.card import ErrorCard, Failure
from sqlgrade.errors.place import find_place, span_at, split_message
from sqlgrade.errors.refusals import refuse_run, too_deep
from sqlgrade.errors.tokens import tokenize
from sqlgrade.tables.result import cut_message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlgrade.tables.result import RunError
    from sqlgrade.verdict import SqlError

RULES: tuple[Callable[[Failure], ErrorCard | None], ...] = (
    too_deep,
    characters.full_width,
    syntax.unclosed_quote,
    foreign.foreign_function,
    foreign.foreign_type,
    syntax.nothing_selected,
    syntax.unmatched_bracket,
    habits.case_in_pieces,
    syntax.case_without_end,
    habits.word_of_the_task,
    habits.interval_word,
    conditions.sign_for_word,
    conditions.chained_comparison,
    conditions.half_condition,
    conditions.several_values,
    conditions.comma_for_and,
    conditions.not_before_sign,
    conditions.contains,
    conditions.column_before_exists,
    habits.over_without_brackets,
    habits.label_needs_quotes,
    habits.call_after_a_column,
    syntax.second_query,
    syntax.clause_order,
    syntax.by_missing,
    syntax.misspelt_keyword,
    wording.alias_missing,
    wording.extra_comma,
    wording.like_without_quotes,
    wording.with_without_query,
    habits.call_without_brackets,
    syntax.unfinished,
    wording.between_without_and,
    wording.is_something,
    wording.top_rows,
    wording.join_word_missing,
    syntax.join_without_condition,
    wording.missing_comma,
    wording.not_sql,
    names.missing_from,
    names.unquoted_or_misquoted_text,
    sources.table_as_column,
    sources.column_of_another_table,
    names.unknown_column,
    names.unknown_qualified_column,
    names.unknown_table,
    sources.prefix_of_another_table,
    names.table_not_in_from,
    names.unknown_function,
    sources.key_without_tables,
    names.ambiguous_column,
    grouping.aggregate_in_where,
    grouping.window_in_where,
    grouping.ungrouped_column,
    grouping.nested_aggregate,
    grouping.position_out_of_range,
    grouping.unequal_width,
    conditions.text_for_truth,
    conditions.compared_with_empty_text,
    conditions.second_value_alone,
    conditions.columns_joined_by_and,
    values.text_as_condition,
    values.not_a_date,
    values.text_as_number,
    values.types_differ,
    habits.misplaced_digits,
    values.wrong_arguments,
    values.unknown_unit,
    values.several_rows,
    values.division_by_zero,
    values.too_large,
    values.old_lambda,
    wording.any_syntax_error,
)
"""Rules that turn a failure into a card; the first answer wins."""


def explain_error(
    message: str,
    sql: str,
    names: Mapping[str, Sequence[str]] | None = None,
    *,
    position: int | None = None,
) -> ErrorCard:
    """Explain the engine's error `message` about `sql`.

    Args:
        message: The engine's text, with or without its excerpt and caret.
        sql: The writer's own text.
        names: The columns of each known table.
        position: Offset in characters into `sql`, where the engine gave it apart from its text.
    """
    message = cut_message(message)
    kind, text = split_message(message)
    tokens = tokenize(sql)
    start, end = find_place(message, sql) if position is None else span_at(tokens, position, sql)
    failure = Failure(kind, text, sql, tokens, start, end, names or {})
    cards = (rule(failure) for rule in RULES)
    found = next((card for card in cards if card is not None), None)
    return found or failure.card("engine", "engine", message=text.split("\n", 1)[0])


def explain_run_error(error: RunError, sql: str, names: Mapping[str, Sequence[str]] | None = None) -> SqlError:
    """Explain why a run gave no result, as the error of a verdict on the learner's text `sql`."""
    card = refuse_run(error, sql) or explain_error(error.message, sql, names, position=error.position)
    return card.as_sql_error(error.kind, error.message)

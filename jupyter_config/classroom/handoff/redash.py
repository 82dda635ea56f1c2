"""Redash parameters: `{{ area }}` is kept through a translation and can be filled in to try a query."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PARAMETER = re.compile(r"'?\{\{\s*(?P<name>[\w.]+)\s*\}\}'?")


@dataclass(frozen=True)
class MaskedQuery:
    """A query in which every parameter is a string literal that no parser mangles."""

    sql: str
    originals: tuple[str, ...]

    def unmask(self, sql: str) -> str:
        """Put the parameters back, as they were written."""
        for index, original in enumerate(self.originals):
            sql = sql.replace(_mask(index), original)
        return sql


def mask_parameters(sql: str) -> MaskedQuery:
    """Replace each parameter, with the quotes around it, by a literal of its own."""
    originals: list[str] = []

    def remember(match: re.Match[str]) -> str:
        originals.append(match.group(0))
        return _mask(len(originals) - 1)

    return MaskedQuery(_PARAMETER.sub(remember, sql), tuple(originals))


def parameter_names(sql: str) -> tuple[str, ...]:
    """Names of the parameters, each once, in the order of their first appearance."""
    return tuple(dict.fromkeys(match.group("name") for match in _PARAMETER.finditer(sql)))


def fill_parameters(sql: str, values: Mapping[str, str]) -> str:
    """Write the values in as text, numbers bare and everything else quoted.

    Raises:
        KeyError: a parameter has no value; its argument is the parameter's name.
    """

    def value_of(match: re.Match[str]) -> str:
        value = values[match.group("name")]
        if re.fullmatch(r"-?\d+(\.\d+)?", value) and not match.group(0).startswith("'"):
            return value
        return "'" + value.replace("'", "''") + "'"

    return _PARAMETER.sub(value_of, sql)


def _mask(index: int) -> str:
    return f"'redash_parameter_{index}_'"

"""What is known of the parameters of the cell that runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coursebook.parameters import Parameter


@dataclass
class ParameterBook:
    """What is declared, and what was chosen."""

    scope: str = ""
    """The exercise or cell that runs: what was chosen for its parameters is its own."""
    declared: dict[str, Parameter] = field(default_factory=dict)
    """Those of the exercise, and those that lines of the cell declare, by name."""
    is_closed: bool = False
    """Whether there are no others: an exercise's, where the names are given."""
    chosen: dict[tuple[str, Parameter], str] = field(default_factory=dict)
    """What was chosen last, by the scope and the parameter as it was declared then."""

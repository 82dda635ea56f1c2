"""Tables that nothing joins are named; where a condition may join them, none is."""

from __future__ import annotations

import pytest

from sqlgrade.query.unjoined import unjoined_tables


@pytest.mark.parametrize(
    ("sql", "apart"),
    [
        ("SELECT COUNT(*) FROM talks a, talks b, talks c", ("talks a", "talks b", "talks c")),
        ("SELECT * FROM talks CROSS JOIN guests", ("talks", "guests")),
        ("SELECT * FROM a, b, c WHERE a.x = b.x AND a.y > 3", ("a", "c")),
        ("WITH q AS (SELECT 1 FROM talks, guests) SELECT * FROM q", ("talks", "guests")),
        ("SELECT * FROM a JOIN b ON a.x = b.x", ()),
        ("SELECT * FROM a, b WHERE x = y", ()),
        ("SELECT * FROM a JOIN b USING (x)", ()),
        ("SELECT * FROM a, b, c WHERE a.x = b.x AND (b.y = c.y OR b.z = c.z)", ()),
        ("SELECT * FROM talks", ()),
        ("SELECT count(*) FROM range(10) a, range(10) b", ()),
        ("no SQL at all (", ()),
    ],
)
def test_only_what_no_condition_can_join_is_named(sql: str, apart: tuple[str, ...]) -> None:
    assert unjoined_tables(sql) == apart

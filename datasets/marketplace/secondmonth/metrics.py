"""The metrics that a measure may move: what is counted for each guest, cast or day, how in SQL, and through which events it moves."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace import days


@dataclass(frozen=True)
class Way:
    """Events through which a measure may move what is counted."""

    trace: str
    """A field of `traces.Traces`."""
    intervention: str
    """A field of `interventions.Interventions`, which takes their keys."""
    late: int = 0
    """Seconds before the end of the window from which on one brings nothing within it any more."""


@dataclass(frozen=True)
class Counted:
    """A kind of event that is counted."""

    trace: str
    """A field of `traces.Traces`."""
    events: str
    """Where SQL finds them: a table, or a query in brackets."""
    key: str
    """The column that is counted."""
    moment: str
    """The column that says when, in UTC."""
    comes: tuple[Way, ...]
    goes: tuple[Way, ...]
    has_cast: bool = True
    """Whether each is with a cast, so that those of an area can be told and casts be split."""
    go_together: bool = False
    """What goes, goes for a unit as a whole: a purchase that is kept back alone would bring the next one on."""
    window: int = 14
    """For how many days everybody is watched."""


_TALKS = Counted(
    "talks",
    "talks",
    "talk_id",
    "opened_at_utc",
    (Way("shown", "talks", 600),),
    (Way("talks", "no_talks"),),
)
_ANSWERED = Counted(
    "answered",
    "(SELECT t.* FROM talks AS t WHERE EXISTS (SELECT 1 FROM messages AS r WHERE r.talk_id = t.talk_id AND r.sender = 'cast'))",
    "talk_id",
    "opened_at_utc",
    (Way("shown", "talks", 6 * days.DAY),),
    (Way("answered", "no_talks"),),
)
_REQUESTS = Counted(
    "requests",
    "appointments",
    "appointment_id",
    "requested_at_utc",
    (Way("talks", "requests", 4 * days.DAY),),
    (Way("requests", "no_requests"),),
)
_PURCHASES = Counted(
    "purchases",
    "(SELECT p.*, p.paid_at_jst - INTERVAL 9 HOUR AS paid_at_utc FROM payments AS p WHERE p.kind = 'purchase' AND p.status = 'succeeded')",
    "payment_id",
    "paid_at_utc",
    (Way("visits", "top_ups", 600),),
    (Way("spendings", "no_spendings"), Way("topped", "no_top_ups")),
    has_cast=False,
    go_together=True,
)
_REGISTERED = Counted(
    "registered",
    "(SELECT g.*, CAST(g.registered_at_utc + INTERVAL 4 HOUR AS DATE) AS business_date FROM guests AS g WHERE NOT g.is_test)",
    "guest_id",
    "registered_at_utc",
    (Way("candidates", "registrations"),),
    (Way("registered", "no_registrations"),),
    has_cast=False,
    window=1,
)


@dataclass(frozen=True)
class Metric:
    """One of them."""

    name: str
    counted: Counted
    is_mean: bool
    """Their number, or their yen, for each unit; else whether there is any."""
    is_money: bool = False

    @property
    def window(self) -> int:
        """For how many seconds everybody is watched."""
        return self.counted.window * days.DAY

    @property
    def value_sql(self) -> str:
        """The metric of a unit over its events `e`, in SQL."""
        if self.is_money:
            return "COALESCE(SUM(e.amount_yen), 0)"
        count = f"COUNT(e.{self.counted.key})"
        return count if self.is_mean else f"CASE WHEN {count} > 0 THEN 1 ELSE 0 END"

    def events_sql(self, area: str) -> str:
        """Where SQL finds what is counted: with casts of an area alone, if there is one and a cast can be told."""
        events = self.counted.events
        if not area or not self.counted.has_cast:
            return events
        return f"(SELECT x.* FROM {events} AS x JOIN casts AS c ON c.cast_id = x.cast_id AND c.area_code = '{area}')"


METRICS = {
    each.name: each
    for each in (
        Metric("talk_14d", _TALKS, is_mean=False),
        Metric("answered_14d", _ANSWERED, is_mean=False),
        Metric("appointment_14d", _REQUESTS, is_mean=False),
        Metric("purchase_14d", _PURCHASES, is_mean=False),
        Metric("talk_count_14d", _TALKS, is_mean=True),
        Metric("appointment_count_14d", _REQUESTS, is_mean=True),
        Metric("purchase_count_14d", _PURCHASES, is_mean=True),
        Metric("sales_14d", _PURCHASES, is_mean=True, is_money=True),
        Metric("registrations", _REGISTERED, is_mean=True),
    )
}


def fits(metric: Metric, group: str) -> bool:
    """Return whether a metric can be told for a group: registrations by the day alone, purchases of guests alone."""
    if group == "days" or metric.counted is _REGISTERED:
        return group == "days" and metric.counted is _REGISTERED
    return group != "casts" or metric.counted.has_cast


def arms_query(metric: Metric, key: str, area: str) -> str:
    """Return the planned analysis: units, sum and sum of squares of the metric for each variant, tests left out.

    Args:
        metric: What is counted.
        key: guest_id, cast_id or business_date.
        area: Code of the area whose casts alone count, or "".
    """
    members = {"guest_id": "guests", "cast_id": "casts"}.get(key)
    real = f"JOIN {members} AS m ON m.{key} = u.{key} AND NOT m.is_test" if members else ""
    moment = metric.counted.moment
    return f"""
WITH outcome AS (
  SELECT u.variant, {metric.value_sql} AS value
  FROM measure_units AS u {real}
  LEFT JOIN {metric.events_sql(area)} AS e ON e.{key} = u.{key} AND e.{moment} >= u.assigned_at_utc
    AND e.{moment} < u.assigned_at_utc + INTERVAL {metric.counted.window} DAY
  GROUP BY u.{key}, u.variant
)
SELECT variant, count(*), sum(value), sum(value * value) FROM outcome GROUP BY variant ORDER BY variant"""

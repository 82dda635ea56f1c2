"""The small tables that are the same in every data set: areas, calendar, releases, experiments, campaigns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from marketplace import days
from marketplace.columns import Column, Dates, Moments, Rows, Words

AREAS = (
    # code, Japanese, English, region, weight among casts
    ("SHIBUYA", "渋谷", "Shibuya", "首都圏", 18),
    ("SHINJUKU", "新宿", "Shinjuku", "首都圏", 20),
    ("GINZA", "銀座", "Ginza", "首都圏", 14),
    ("ROPPONGI", "六本木", "Roppongi", "首都圏", 14),
    ("YOKOHAMA", "横浜", "Yokohama", "首都圏", 10),
    ("NAGOYA", "名古屋", "Nagoya", "東海", 7),
    ("OSAKA", "大阪", "Osaka", "関西", 11),
    ("FUKUOKA", "福岡", "Fukuoka", "九州", 6),
)
AREA_CODES = tuple(row[0] for row in AREAS)
AREA_NAMES = {code: {"ja": ja, "en": en} for code, ja, en, *_ in AREAS}
NEIGHBOURS = np.array([[1, 3], [0, 2], [3, 0], [2, 0], [0, 2], [6, 6], [5, 5], [6, 6]])
"""By area: two areas nearby, as positions in AREAS; far from Tokyo there is one."""
REGIONS = ("首都圏", "東海", "関西", "九州")
AREA_REGION = np.array([REGIONS.index(row[3]) for row in AREAS])

TAGS = ("gourmet", "music", "travel", "golf", "language", "games")
CHANNELS = ("organic", "search_ad", "sns_ad", "referral", "affiliate")

RELEASES = (
    # algo, first instant, Japanese, English
    ("newest", days.instant(0), "新着順", "Newest casts first"),
    ("popular_v1", days.moment(2024, 6, 3, 5), "人気順(クリック実績)", "Popular casts first, by clicks"),
    (
        "taste_v2",
        days.moment(2025, 10, 1, 5),
        "興味タグの近いキャストを優先",
        "Casts who share the guest's interest first",
    ),
)
ALGOS = tuple(row[0] for row in RELEASES)
TASTE_RELEASE = RELEASES[2][1]
"""The UTC second from which lists put casts first who share the guest's interest."""


@dataclass(frozen=True)
class Experiment:
    """An A/B test that runs for whole calendar months, on the guests who come in them."""

    number: int
    code: str
    title_ja: str
    title_en: str
    metric: str
    """"talk_14d" or "appointment_14d"."""
    month: int
    nature: str
    """What is planted: "real", "null", "mismatch" (of sample ratio) or "simpson"."""
    months: int = 1

    @property
    def last_month(self) -> int:
        """The month in which it ends."""
        return self.month + self.months - 1


@dataclass(frozen=True)
class Rollout:
    """A measure for everybody in one area: nobody is assigned, other areas are there to compare with."""

    number: int
    code: str
    title_ja: str
    title_en: str
    area: str
    first: date
    last: date
    lift_percent: int
    """So many percent more of the talks with the area's casts lead to a request."""


EXPERIMENTS = (
    Experiment(1, "list_v2", "一覧の新レイアウト", "New layout of the list", "appointment_14d", 13, "null"),
    Experiment(
        2, "talk_prompt", "トーク開始のひとこと候補", "Suggested first lines for a talk", "talk_14d", 16, "real", 2
    ),
    Experiment(3, "welcome_coupon", "再訪クーポン", "Coupon for returning guests", "talk_14d", 19, "mismatch"),
    Experiment(4, "push_timing", "プッシュ通知の時刻変更", "New hour for push notices", "talk_14d", 22, "simpson"),
)
ROLLOUTS = (
    Rollout(
        5,
        "venue_perk",
        "渋谷の会場特典",
        "Perks at venues in Shibuya",
        "SHIBUYA",
        date(2025, 6, 1),
        date(2025, 9, 30),
        100,
    ),
)
"""Measures by area; their numbers go on from those of the experiments."""

Campaign = tuple[str, str, str, int, str, str]
"""Name in Japanese and in English, channel ("" if it is to sell points), yen, first day, last day."""

CAMPAIGNS: tuple[Campaign, ...] = (
    ("春の新生活キャンペーン", "Spring start campaign", "search_ad", 1_800_000, "2024-04-01", "2024-04-30"),
    ("夏の動画広告", "Summer video ads", "sns_ad", 2_400_000, "2024-07-15", "2024-08-31"),
    ("友だち紹介ウィーク", "Bring-a-friend weeks", "referral", 600_000, "2024-11-01", "2024-11-30"),
    ("年末検索広告", "Year-end search ads", "search_ad", 3_000_000, "2024-12-01", "2024-12-31"),
    ("アフィリエイト強化", "Affiliate push", "affiliate", 1_500_000, "2025-03-01", "2025-04-30"),
    ("SNS再開キャンペーン", "Social media relaunch", "sns_ad", 2_000_000, "2025-09-01", "2025-10-15"),
    ("ポイントまとめ買いウィーク", "Stock-up week for points", "", 900_000, "2025-04-07", "2025-04-13"),
)
NIGHT_CAMPAIGNS: tuple[Campaign, ...] = (
    ("冬の週末SNSキャンペーン", "Winter weekend on social media", "sns_ad", 400_000, "2026-02-20", "2026-02-22"),
)
"""Campaigns that run only as nights go by."""


def area_rows() -> Rows:
    """Return the areas."""
    n = np.arange(len(AREAS))
    names = ("area_code", "name_ja", "name_en", "region_ja")
    return Rows({name: Words(n, pool=tuple(str(row[i]) for row in AREAS)) for i, name in enumerate(names)})


def calendar_rows(count: int = days.DAYS) -> Rows:
    """Return the business days from the first on."""
    dates = [days.calendar_day(number) for number in range(count)]
    epoch = np.array([(day - date(1970, 1, 1)).days for day in dates])
    off_tomorrow = np.array([days.is_off(day + timedelta(days=1)) for day in dates])
    holidays = tuple(dict.fromkeys(days.HOLIDAYS.values()))
    named = np.array([holidays.index(days.HOLIDAYS[day]) if day in days.HOLIDAYS else 0 for day in dates])
    weekday = np.array([day.weekday() for day in dates])
    return Rows(
        {
            "business_date": Dates(epoch),
            "dow_iso": Column((weekday + 1).astype(np.int8)),
            "is_weekend": Column(weekday >= 5),
            "holiday_name_ja": Words(named, np.array([day not in days.HOLIDAYS for day in dates]), holidays),
            "is_day_before_off": Column(off_tomorrow),
            "week_start": Dates(epoch - weekday),
            "month_start": Dates(epoch - np.array([day.day - 1 for day in dates])),
            "payday_flag": Column(np.array([days.is_payday(day) for day in dates])),
            "is_closed": Column(np.array([day in days.MAINTENANCE_DAYS for day in dates])),
        }
    )


def release_rows() -> Rows:
    """Return the releases of the list's ordering."""
    n = np.arange(len(RELEASES))
    starts = np.array([row[1] for row in RELEASES])
    return Rows(
        {
            "algo": Words(n, pool=ALGOS),
            "released_at_utc": Moments(starts),
            "retired_at_utc": Moments(np.append(starts[1:], 0), n == len(n) - 1),
            "note_ja": Words(n, pool=tuple(row[2] for row in RELEASES)),
            "note_en": Words(n, pool=tuple(row[3] for row in RELEASES)),
        }
    )


def experiment_rows(experiments: tuple[Experiment, ...], rollouts: tuple[Rollout, ...]) -> Rows:
    """Return the experiments, and the measures by area after them."""
    measures: tuple[Experiment | Rollout, ...] = (*experiments, *rollouts)
    n = np.arange(len(measures))
    by_area = n >= len(experiments)
    starts = [days.MONTH_STARTS[each.month] for each in experiments] + [days.number_of(each.first) for each in rollouts]
    ends = [days.MONTH_STARTS[each.last_month + 1] - 1 for each in experiments] + [
        days.number_of(each.last) for each in rollouts
    ]
    areas = [AREA_CODES.index(each.area) for each in rollouts]
    return Rows(
        {
            "experiment_id": Column(np.array([each.number for each in measures], np.int32)),
            "code": Words(n, pool=tuple(each.code for each in measures)),
            "title_ja": Words(n, pool=tuple(each.title_ja for each in measures)),
            "title_en": Words(n, pool=tuple(each.title_en for each in measures)),
            "unit": Words(by_area, pool=("guest", "area")),
            "primary_metric": Words(
                n, pool=(*(each.metric for each in experiments), *("request_per_talk" for _ in rollouts))
            ),
            "starts_on": Dates(np.array(starts) + days.DAY_ZERO),
            "ends_on": Dates(np.array(ends) + days.DAY_ZERO),
            "area_code": Words(np.array([0] * len(experiments) + areas), ~by_area, AREA_CODES),
        }
    )


def campaign_rows(guests: int, campaigns: tuple[Campaign, ...] = CAMPAIGNS, first_id: int = 1) -> Rows:
    """Return the campaigns; what they cost grows with the number of guests, so that the cost per guest stays sensible."""
    n = np.arange(len(campaigns))
    costs = np.array([max(10_000, row[3] * guests // 8000 // 1000 * 1000) for row in campaigns])
    return Rows(
        {
            "campaign_id": Column((n + first_id).astype(np.int32)),
            "name_ja": Words(n, pool=tuple(row[0] for row in campaigns)),
            "name_en": Words(n, pool=tuple(row[1] for row in campaigns)),
            "aim": Words(np.array([not row[2] for row in campaigns]), pool=("registration", "purchase")),
            "channel": Words(n, np.array([not row[2] for row in campaigns]), tuple(row[2] for row in campaigns)),
            "cost_yen": Column(np.minimum(costs, 2_000_000_000).astype(np.int32)),
            "starts_on": Dates(np.array([date.fromisoformat(row[4]).toordinal() - 719163 for row in campaigns])),
            "ends_on": Dates(np.array([date.fromisoformat(row[5]).toordinal() - 719163 for row in campaigns])),
        }
    )

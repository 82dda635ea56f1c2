"""Ten schemas for made-up answers: a chain of four tables each, none of them the course's."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DERIVED = (
    "day_of DATE NOT NULL CHECK (day_of = CAST({at} AS DATE)), year_of INTEGER NOT NULL CHECK (year_of = year({at}))"
)


@dataclass(frozen=True)
class Chain:
    """Top, middle, fact and detail table; neighbours share the key's name and no other column."""

    name: str
    top: tuple[str, str, str]
    """Table, key, label."""
    middle: tuple[str, str, str]
    fact: tuple[str, str]
    """Table, key."""
    whole: str
    """A column of whole numbers in the fact table."""
    exact: str
    """One of decimals."""
    moment: str
    kind: str
    kinds: tuple[str, ...]
    detail: tuple[str, str, str]
    """Table, key, a column of whole numbers."""
    declared: bool = True
    """Whether foreign keys are declared."""
    nullable: bool = False
    """Whether the fact's numbers may be NULL."""
    coded: bool = False
    """Whether a CHECK lists the kinds."""
    derived: bool = False
    """Whether the fact has a day and a year that CHECKs make of its moment."""
    keyless: bool = False
    """Whether no table has a key."""

    @property
    def ddl(self) -> str:
        """The schema's script."""
        (top, top_key, _), (middle, middle_key, _), (fact, fact_key) = self.top, self.middle, self.fact
        needed = "" if self.nullable else " NOT NULL"
        to_top, to_middle, to_fact = (
            f" REFERENCES {table} ({key})" if self.declared else ""
            for table, key in ((top, top_key), (middle, middle_key), (fact, fact_key))
        )
        whole = self._whole_ddl(needed, to_top, to_middle, to_fact)
        return re.sub(r" PRIMARY KEY| REFERENCES \w+ \(\w+\)", "", whole) if self.keyless else whole

    def _whole_ddl(self, needed: str, to_top: str, to_middle: str, to_fact: str) -> str:
        (top, top_key, top_label), (middle, middle_key, middle_label) = self.top, self.middle
        (fact, fact_key), (detail, detail_key, detail_whole) = self.fact, self.detail
        listed = ", ".join(f"'{kind}'" for kind in self.kinds)
        codes = f" CHECK ({self.kind} IN ({listed}))" if self.coded else ""
        made = f", {_DERIVED.format(at=self.moment)}" if self.derived else ""
        return (
            f"CREATE TABLE {top} ({top_key} INTEGER PRIMARY KEY, {top_label} VARCHAR NOT NULL);\n"
            f"CREATE TABLE {middle} ({middle_key} INTEGER PRIMARY KEY, {middle_label} VARCHAR NOT NULL, "
            f"{top_key} INTEGER NOT NULL{to_top});\n"
            f"CREATE TABLE {fact} ({fact_key} INTEGER PRIMARY KEY, {middle_key} INTEGER NOT NULL{to_middle}, "
            f"{self.whole} INTEGER{needed}, {self.exact} DECIMAL(8, 2){needed}, {self.moment} TIMESTAMP NOT NULL, "
            f"{self.kind} VARCHAR NOT NULL{codes}{made});\n"
            f"CREATE TABLE {detail} ({detail_key} INTEGER PRIMARY KEY, {fact_key} INTEGER NOT NULL{to_fact}, "
            f"{detail_whole} INTEGER NOT NULL);\n"
        )

    def rows(self, values: str) -> str:
        """Rows for all tables from SELECTs of (middle key, whole, exact, moment, kind); details and parents come along."""
        (top, _top_key, _), (middle, _middle_key, _) = self.top, self.middle
        (fact, fact_key), (detail, _, _) = self.fact, self.detail
        made = ", CAST(moment AS DATE), year(moment)" if self.derived else ""
        facts = f"SELECT row_number() OVER () AS {fact_key}, * FROM ({values})"
        return (
            f"CREATE TEMP TABLE told AS {facts};\n"
            f"INSERT INTO {top} SELECT DISTINCT 1 + place % 2, 'top ' || place % 2 FROM told;\n"
            f"INSERT INTO {middle} SELECT DISTINCT place, 'middle ' || place // 2, 1 + place % 2 FROM told;\n"
            f"INSERT INTO {fact} SELECT {fact_key}, place, whole, exact, moment, kind{made} FROM told;\n"
            f"INSERT INTO {detail} SELECT {fact_key}, {fact_key}, 1 FROM told;\n"
        )


CHAINS = (
    Chain(
        *(
            "library",
            ("branches", "branch_id", "branch_town"),
            ("shelves", "shelf_id", "shelf_name"),
            ("loans", "loan_id"),
        ),
        *(
            "pages",
            "deposit",
            "lent_at",
            "genre",
            ("novel", "poetry", "travel", "comic"),
            ("fines", "fine_id", "cents"),
        ),
    ),
    Chain(
        *(
            "clinic",
            ("cities", "city_id", "city_name"),
            ("doctors", "doctor_id", "doctor_name"),
            ("visits", "visit_id"),
        ),
        *("minutes", "bill", "came_at", "reason", ("checkup", "injury", "vaccine"), ("pills", "pill_id", "dose")),
        nullable=True,
    ),
    Chain(
        *(
            "cinema",
            ("chains", "chain_id", "chain_name"),
            ("halls", "hall_id", "hall_name"),
            ("screenings", "screening_id"),
        ),
        *("seats_sold", "takings", "shown_at", "format", ("2D", "3D", "IMAX"), ("tickets", "ticket_id", "row_no")),
    ),
    Chain(
        *(
            "gym",
            ("clubs", "club_id", "club_name"),
            ("trainers", "trainer_id", "trainer_name"),
            ("classes", "class_id"),
        ),
        *(
            "seconds",
            "fee",
            "held_at",
            "sport",
            ("yoga", "boxing", "rowing", "spin"),
            ("checkins", "checkin_id", "pulse"),
        ),
        declared=False,
    ),
    Chain(
        *(
            "bank",
            ("regions", "region_id", "region_name"),
            ("accounts", "account_id", "owner"),
            ("transfers", "transfer_id"),
        ),
        *("units", "amount", "booked_at", "channel", ("web", "app", "desk"), ("charges", "charge_id", "pence")),
        nullable=True,
    ),
    Chain(
        *(
            "airline",
            ("airports", "airport_id", "airport_name"),
            ("routes", "route_id", "route_code"),
            ("flights", "flight_id"),
        ),
        *("delay_seconds", "fuel", "left_at", "plane", ("A320", "B737", "E190"), ("bags", "bag_id", "grams")),
    ),
    Chain(
        *(
            "farm",
            ("counties", "county_id", "county_name"),
            ("fields", "field_id", "field_name"),
            ("harvests", "harvest_id"),
        ),
        *("kilos", "moisture", "cut_at", "crop", ("wheat", "maize", "oats", "rye"), ("crates", "crate_id", "stacked")),
        declared=False,
        nullable=True,
    ),
    Chain(
        *(
            "garage",
            ("depots", "depot_id", "depot_name"),
            ("mechanics", "mechanic_id", "mechanic_name"),
            ("jobs", "job_id"),
        ),
        *("work_minutes", "price", "opened_at", "brand", ("Fiat", "Opel", "Saab"), ("parts", "part_id", "pieces")),
    ),
    Chain(
        *(
            "forum",
            ("boards", "board_id", "board_name"),
            ("threads", "thread_id", "thread_title"),
            ("posts", "post_id"),
        ),
        *("letters", "score", "posted_at", "mood", ("glad", "sad", "angry"), ("votes", "vote_id", "stars")),
    ),
    Chain(
        *(
            "energy",
            ("districts", "district_id", "district_name"),
            ("meters", "meter_id", "meter_code"),
            ("readings", "reading_id"),
        ),
        *("watts", "tariff", "read_at", "state", ("ok", "late", "estimated"), ("alarms", "alarm_id", "level")),
    ),
)

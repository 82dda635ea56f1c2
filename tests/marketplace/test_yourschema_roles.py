"""Tables that play a role hold the course's own events under the company's names."""

import re

import duckdb
import pytest

from marketplace import Settings, build
from marketplace.yourschema import CopySettings, YourSchemaError, copy_schema, infer_mapping, mapping_text, read_schema
from marketplace.yourschema.mapping_file import read_mapping
from marketplace.yourschema.roles import ROLES, source_shape, with_sources

DDL = """
CREATE TABLE members (member_no BIGINT PRIMARY KEY, name VARCHAR(20) NOT NULL, mail VARCHAR, sex CHAR(1) CHECK (sex IN ('F', 'M')),
  created_at TIMESTAMP NOT NULL, withdrawn_at TIMESTAMP, plan VARCHAR NOT NULL);
CREATE TABLE hosts (host_id UUID PRIMARY KEY, nickname VARCHAR NOT NULL, joined_at TIMESTAMP);
CREATE TABLE chats (chat_id VARCHAR(16) PRIMARY KEY, member_no BIGINT NOT NULL REFERENCES members, host_id UUID NOT NULL REFERENCES hosts, created_at TIMESTAMP NOT NULL);
CREATE TABLE bookings (booking_id BIGINT PRIMARY KEY, chat_id VARCHAR(16) NOT NULL REFERENCES chats, member_no BIGINT NOT NULL REFERENCES members,
  host_id UUID REFERENCES hosts, booking_status VARCHAR NOT NULL, price INTEGER, created_at TIMESTAMP NOT NULL, coupon_id INTEGER REFERENCES coupons (coupon_id));
CREATE TABLE coupons (coupon_id INTEGER PRIMARY KEY, title VARCHAR NOT NULL);
CREATE TABLE charges (charge_id BIGINT PRIMARY KEY, member_no BIGINT NOT NULL REFERENCES members, amount INTEGER NOT NULL, status VARCHAR NOT NULL,
  paid_at TIMESTAMP NOT NULL, refund_of BIGINT REFERENCES charges (charge_id));
CREATE TABLE impressions (impression_id VARCHAR PRIMARY KEY, member_no BIGINT NOT NULL REFERENCES members, host_id UUID NOT NULL REFERENCES hosts,
  position INTEGER, clicked BOOLEAN, shown_at TIMESTAMP NOT NULL);
"""
CHANGES = """
[tables.members]
rows = 400
[tables.bookings.columns]
booking_status = { meaning = "category", rename = { completed = "done" } }
[tables.charges.columns]
paid_at = { meaning = "created_at", source = "payments.paid_at_jst", shift_hours = -9 }
"""


@pytest.fixture(scope="module")
def schema():
    return read_schema(DDL)


@pytest.fixture(scope="module")
def mapping(schema):
    """The proposed mapping with every suggested role taken, and a few changes."""
    proposed = infer_mapping(schema)
    taken = read_mapping(
        re.sub(r'^# (role = "\w+").*$', r"\1", mapping_text(proposed), flags=re.MULTILINE), schema, proposed
    )
    text = "\n".join([CHANGES, *(f'[tables.{plan.name}]\nrole = "{plan.role}"' for plan in taken.tables if plan.role)])
    merged = text.replace("[tables.members]\nrows = 400", "").replace(
        "[tables.members]\n", "[tables.members]\nrows = 400\n"
    )
    return read_mapping(merged, schema, proposed)


@pytest.fixture(scope="module")
def copied(schema, mapping, tmp_path_factory):
    folder = tmp_path_factory.mktemp("roles")
    report = copy_schema(schema, mapping, None, CopySettings(folder / "copy.duckdb", seed=5))
    build(Settings(scale=0.05, seed=5, locale="ja", out=folder / "course.duckdb"))
    con = duckdb.connect(str(folder / "copy.duckdb"), read_only=True)
    con.execute(f"ATTACH '{folder / 'course.duckdb'}' AS course (READ_ONLY)")
    yield con, report
    con.close()


def same(con, ours, theirs):
    assert con.execute(ours).fetchall() == con.execute(theirs).fetchall()


def test_roles_are_suggested_from_the_names_but_not_taken(schema):
    text = mapping_text(infer_mapping(schema), "en")
    assert '# role = "guest"' in text
    assert not any(plan.role for plan in infer_mapping(schema).tables)


def test_a_copy_with_roles_is_whole(copied):
    con, report = copied
    assert [finding for finding in report.findings if finding.rows] == []
    same(con, "SELECT count(*) FROM members", "SELECT count(*) FROM course.guests")


def test_the_funnel_is_that_of_the_course(copied):
    con, _ = copied
    same(
        con,
        "SELECT count(*), count(DISTINCT member_no) FROM chats",
        "SELECT count(*), count(DISTINCT guest_id) FROM course.talks",
    )
    same(
        con,
        "SELECT count(*), count(DISTINCT member_no) FROM bookings",
        "SELECT count(*), count(DISTINCT guest_id) FROM course.appointments WHERE talk_id IS NOT NULL",
    )


def test_click_rates_by_month_and_position_are_those_of_the_course(copied):
    con, _ = copied
    same(
        con,
        "SELECT date_trunc('month', shown_at), position, count(*), count_if(clicked) FROM impressions GROUP BY ALL ORDER BY ALL",
        "SELECT date_trunc('month', shown_at_utc), position, count(DISTINCT event_id), count(DISTINCT event_id) FILTER (WHERE is_clicked)"
        " FROM course.list_impressions GROUP BY ALL ORDER BY ALL",
    )


def test_values_are_renamed_and_times_shifted_as_the_mapping_says(copied):
    con, _ = copied
    same(
        con,
        "SELECT count(*) FROM bookings WHERE booking_status = 'done'",
        "SELECT count(*) FROM course.appointments WHERE status = 'completed' AND talk_id IS NOT NULL",
    )
    same(con, "SELECT min(paid_at) FROM charges", "SELECT min(paid_at_jst) - INTERVAL 9 HOUR FROM course.payments")


def test_a_value_the_schema_does_not_allow_becomes_the_nearest_or_unknown(copied):
    con, _ = copied
    same(
        con,
        "SELECT sex, count(*) FROM members GROUP BY sex ORDER BY sex",
        "SELECT CASE gender WHEN 'female' THEN 'F' WHEN 'male' THEN 'M' END AS sex, count(*) FROM course.guests GROUP BY 1 ORDER BY 1",
    )


def test_refunds_point_at_the_charge_they_refund(copied):
    con, _ = copied
    wrong = "SELECT count(*) FROM charges r JOIN charges c ON r.refund_of = c.charge_id WHERE r.member_no <> c.member_no OR r.amount >= 0"
    assert con.execute(wrong).fetchone()[0] == 0
    assert con.execute("SELECT count(refund_of) FROM charges").fetchone()[0] > 0


def test_a_table_without_a_role_is_filled_beside_them(copied):
    con, _ = copied
    assert con.execute("SELECT count(DISTINCT coupon_id) FROM bookings").fetchone()[0] > 1


def test_every_column_of_a_role_exists_in_the_course():
    for role in ROLES.values():
        assert set(role.columns) <= {column.name for column in source_shape(role.table).columns}, role.name


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("mapping_role_taken", '[tables.members]\nrole = "guest"\n[tables.hosts]\nrole = "guest"'),
        (
            "mapping_bad_source",
            '[tables.members]\nrole = "guest"\n[tables.members.columns]\nmail = { source = "guests.mail" }',
        ),
    ],
)
def test_a_role_or_a_source_that_cannot_be_says_what_to_do(schema, code, text):
    with pytest.raises(YourSchemaError) as caught:
        with_sources(read_mapping(text, schema, infer_mapping(schema)))
    assert caught.value.code == code

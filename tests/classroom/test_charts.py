"""A `%chart` line is drawn as it says, or the problem is named."""

import datetime as dt
import tomllib
from decimal import Decimal
from importlib.resources import files

import pytest

from classroom.charts import ChartProblem, ChartRequest, read_request, suggest_line
from classroom.charts.draw import draw_chart
from coursebook.answer_cell import CHARTS, cut_chart

COLUMNS = ("business_hour", "talks", "売上")
ROWS = [(5, 3, Decimal("1.50")), (28, 4, Decimal("2.25"))]


def request_of(line: str, columns: tuple[str, ...] = COLUMNS) -> ChartRequest | ChartProblem:
    chart = cut_chart(f"SELECT 1\n{line}")[1]
    assert chart is not None
    return read_request(chart, columns)


def drawn(line: str) -> dict[str, object]:
    request = request_of(line)
    assert isinstance(request, ChartRequest), request
    return draw_chart(request, COLUMNS, ROWS)


def test_the_hour_axis_runs_from_5_to_28_even_where_no_row_is() -> None:
    encoding = drawn("%chart bar x=business_hour y=talks")["encoding"]
    assert isinstance(encoding, dict)
    assert encoding["x"]["scale"]["domain"] == list(range(5, 29))


@pytest.mark.parametrize("kind", [kind for kind in CHARTS if kind != "table"])
def test_every_kind_is_drawn(kind: str) -> None:
    assert drawn(f"%chart {kind} x=business_hour y=talks")["mark"]


def test_several_y_columns_become_one_series_each() -> None:
    spec = drawn("%chart line x=business_hour y=talks,売上")
    datasets = spec["datasets"]
    assert isinstance(datasets, dict)
    assert {record["series"] for records in datasets.values() for record in records} == {"talks", "売上"}


def test_times_are_on_a_time_axis() -> None:
    request = ChartRequest("line", "d", ("n",))
    spec = draw_chart(request, ("d", "n"), [(dt.date(2025, 2, 1), 1)])
    assert spec["encoding"]["x"]["type"] == "temporal"


@pytest.mark.parametrize("far", ["20260-01-01", "infinity", "0044-03-15 (BC)", "2024-13-45"])
def test_a_date_that_no_calendar_holds_stands_on_the_axis_as_text(far: str) -> None:
    request = ChartRequest("line", "d", ("n",))
    spec = draw_chart(request, ("d", "n"), [(dt.date(2025, 2, 1), 1), (far, 2)])
    assert spec["encoding"]["x"]["type"] == "nominal"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("%chart donut x=talks y=talks", "unknown_kind"),
        ("%chart bar y=talks", "no_x"),
        ("%chart bar x=talks", "no_y"),
        ("%chart bar x=nuu y=talks", "unknown_column"),
        ("%chart bar x=talks y=talks size=talks", "unknown_option"),
        ("%chart scatter x=talks y=talks scale=root", "unknown_scale"),
        ("%chart bar x=talks y=talks scale=log", "option_not_here"),
        ("%chart pie x=talks y=talks target=3", "option_not_here"),
        ("%chart bar x=talks y=talks target=many", "target_no_number"),
        ("%chart ___ x=___ y=___", "unknown_kind"),
    ],
)
def test_a_line_that_cannot_be_drawn_names_its_problem(line: str, code: str) -> None:
    problem = request_of(line)
    assert isinstance(problem, ChartProblem)
    assert problem.code == code


def test_the_sentences_exist_in_both_languages_with_the_same_parameters() -> None:
    texts = {
        lang: tomllib.loads((files("classroom") / f"charts/messages/{lang}.toml").read_text("utf-8"))
        for lang in ("ja", "en")
    }
    assert texts["ja"].keys() == texts["en"].keys()


def test_a_column_of_dates_suggests_a_line() -> None:
    assert suggest_line(("d", "nuu"), (False, True), (True, False)) == "%chart line x=d y=nuu"
    assert suggest_line(("channel", "n"), (False, True), (False, False)) == "%chart bar x=channel y=n"
    assert suggest_line(("business_hour", "n"), (True, True), (False, False)) == "%chart bar x=business_hour y=n"


@pytest.mark.parametrize("names", [("guest_id", "cast_id"), ("area_code", "birth_year"), ("talk_id", "version_no")])
def test_numbers_that_name_something_are_never_measured(names: tuple[str, str]) -> None:
    assert suggest_line(names, (True, True), (False, False)) == ""


def axis_over(*moments: dt.date | dt.datetime) -> dict[str, object]:
    spec = draw_chart(ChartRequest("line", "d", ("n",)), ("d", "n"), [(each, 1) for each in moments])
    axis: dict[str, object] = spec["encoding"]["x"]["axis"]
    return axis


@pytest.mark.parametrize(
    ("last", "shape", "interval"),
    [
        ("2025-12-31 02:00", "%H:%M", "minute"),
        ("2025-12-31 20:00", "%m/%d %H:%M", "hour"),
        ("2026-01-31", "%m/%d", "day"),
        ("2027-01-01", "%Y/%m", "month"),
    ],
)
def test_ticks_are_as_fine_as_the_time_they_span(last: str, shape: str, interval: str) -> None:
    axis = axis_over(*map(dt.datetime.fromisoformat, ("2025-12-31 00:30", last)))
    ticks = axis["tickCount"]
    assert axis["format"] == shape
    assert isinstance(ticks, dict)
    assert ticks["interval"] == interval


def test_days_are_never_cut_into_hours() -> None:
    assert axis_over(dt.date(2025, 12, 30), dt.date(2025, 12, 31))["format"] == "%m/%d"


def test_a_drawing_takes_the_page_s_colours_in_either_theme() -> None:
    spec = draw_chart(ChartRequest("bar", "d", ("n",)), ("d", "n"), [("a", 1)])
    assert spec["config"]["background"] == "transparent"
    assert spec["usermeta"]["embedOptions"]["renderer"] == "svg"


def test_a_logarithmic_axis_has_a_place_for_0() -> None:
    request = ChartRequest("scatter", "shown", ("rate",), log=True)
    spec = draw_chart(request, ("shown", "rate"), [(0, 0.1), (1000, 0.2)])
    assert spec["encoding"]["x"]["scale"] == {"type": "symlog", "constant": 1}


@pytest.mark.parametrize(
    ("kind", "target_axis", "mark_axis"), [("line", "y", "x"), ("bar", "y", "x"), ("hbar", "x", "y")]
)
def test_a_target_and_an_event_are_lines_with_their_value_beside_them(
    kind: str, target_axis: str, mark_axis: str
) -> None:
    request = ChartRequest(kind, "day", ("n",), target=12.0, mark="2025-10-01")
    spec = draw_chart(request, ("day", "n"), [(dt.date(2025, 9, 30), 8), (dt.date(2025, 10, 2), 15)])
    rules = [layer for layer in spec["layer"] if layer["mark"]["type"] == "rule"]
    texts = [layer["mark"]["text"] for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    assert [next(iter(rule["encoding"])) for rule in rules] == [target_axis, mark_axis]
    assert texts == ["12", "2025-10-01"]
    held = [spec["datasets"][rule["data"]["name"]] for rule in rules]
    assert held == [[{"value": 12.0}], [{"value": "2025-10-01"}]]

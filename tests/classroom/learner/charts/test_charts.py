"""A `%chart` line is drawn as it says, or the problem is named."""

import datetime as dt
import tomllib
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest

from classroom.learner.charts import TABLES, ChartProblem, ChartRequest, read_request, suggest_line
from classroom.learner.charts.axes import fit_beside
from classroom.learner.charts.bins import bin_of, log_bins
from classroom.learner.charts.draw import draw_chart
from classroom.learner.charts.tables import table_of
from classroom.learner.charts.values import Misfit, as_number
from classroom.learner.panel.chart_picker import has_measure
from classroom.session.result import ResultTable
from coursebook.answer_cell import CHARTS, ChartLine, cut_chart

COLUMNS = ("business_hour", "talks", "売上")
ROWS = [(5, 3, Decimal("1.50")), (28, 4, Decimal("2.25"))]


def request_of(line: str, columns: tuple[str, ...] = (*COLUMNS, "guest_id")) -> ChartRequest | ChartProblem:
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


@pytest.mark.parametrize("kind", [kind for kind in CHARTS if kind not in {"table", *TABLES}])
def test_every_kind_is_drawn(kind: str) -> None:
    assert drawn(f"%chart {kind} x=business_hour y=talks")["mark"]


@pytest.mark.parametrize(("kind", "axis"), [("bar", "y"), ("hbar", "x"), ("line", "y"), ("hist", "y")])
@pytest.mark.parametrize("one", [1, 1.0])
def test_counts_have_no_ticks_between_whole_numbers(kind: str, axis: str, one: float) -> None:
    request = ChartRequest(kind, "n" if kind == "hist" else "area", () if kind == "hist" else ("n",))
    spec = draw_chart(request, ("area", "n"), [("A", 0 * one), ("B", one)])
    assert spec["encoding"][axis]["axis"]["tickMinStep"] == 1


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
        ("%chart pie x=talks y=talks label=talks", "option_not_here"),
        ("%chart bar x=talks y=talks label=nuu", "unknown_column"),
        ("%chart bar x=talks y=talks note=新しい一覧", "note_without_mark"),
        ("%chart cohort x=business_hour y=talks", "no_color"),
        ("%chart pie x=talks y=talks target=3", "option_not_here"),
        ("%chart bar x=talks y=talks target=many", "target_no_number"),
        ("%chart ___ x=___ y=___", "unknown_kind"),
        ("%chart bar x=talks y=talks,guest_id", "y_names"),
    ],
)
def test_a_line_that_cannot_be_drawn_names_its_problem(line: str, code: str) -> None:
    problem = request_of(line)
    assert isinstance(problem, ChartProblem)
    assert problem.code == code


def test_the_sentences_exist_in_both_languages_with_the_same_parameters() -> None:
    texts = {
        lang: tomllib.loads((files("classroom") / f"learner/charts/messages/{lang}.toml").read_text("utf-8"))
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


def test_a_list_of_numbers_is_no_measure() -> None:
    rows = (("a", [4, 1], 2), ("b", [6], 1))
    seen = ResultTable(("area", "sees", "n"), ("VARCHAR", "INTEGER[]", "BIGINT"), rows, 2, True, 0.0)
    assert has_measure(seen)
    assert not has_measure(replace(seen, columns=("area", "sees", "guest_id")))


def axis_over(*moments: dt.date | dt.datetime) -> dict[str, object]:
    spec = draw_chart(ChartRequest("line", "d", ("n",)), ("d", "n"), [(each, 1) for each in moments])
    axis: dict[str, object] = spec["encoding"]["x"]["axis"]
    return axis


@pytest.mark.parametrize(
    ("last", "shape", "ticks"),
    [
        ("2025-12-31 02:00", "%H:%M", ["00:30", "00:45", "01:00", "01:15", "01:30", "01:45", "02:00"]),
        ("2025-12-31 20:00", "%m/%d %H:%M", ["03:00", "06:00", "09:00", "12:00", "15:00", "18:00"]),
        ("2026-01-31 00:30", "%m/%d", ["12/31", "01/07", "01/14", "01/21", "01/28"]),
        ("2027-01-01", "%Y/%m", ["2026/01", "2026/03", "2026/05", "2026/07", "2026/09", "2026/11", "2027/01"]),
        ("2045-01-01", "%Y", ["2028", "2031", "2034", "2037", "2040", "2043"]),
    ],
)
def test_ticks_are_as_fine_as_the_time_they_span(last: str, shape: str, ticks: list[str]) -> None:
    axis = axis_over(*map(dt.datetime.fromisoformat, ("2025-12-31 00:30", last)))
    assert axis["format"] == shape
    assert written(axis, shape.rpartition(" ")[2]) == ticks


def written(axis: dict[str, object], shape: str) -> list[str]:
    """What the ticks of an axis of time say."""
    values = axis["values"]
    assert isinstance(values, list)
    return [
        dt.datetime(*(each[part] for part in ("year", "month", "date", "hours", "minutes")), tzinfo=dt.UTC).strftime(
            shape
        )
        for each in values
    ]


def test_months_have_ticks_of_months_however_few_they_are() -> None:
    axis = axis_over(dt.date(2025, 10, 1), dt.date(2025, 11, 1), dt.date(2025, 12, 1))
    assert written(axis, str(axis["format"])) == ["2025/10", "2025/11", "2025/12"]


def test_a_day_stands_at_its_own_midnight_wherever_the_page_is() -> None:
    spec = draw_chart(ChartRequest("line", "d", ("n",)), ("d", "n"), [(dt.date(2025, 2, 1), 1)])
    assert spec["datasets"]["result"] == [{"d": "2025-02-01T00:00:00", "n": 1}]


def bars_over(name: str, *places: object) -> dict[str, Any]:
    return draw_chart(ChartRequest("bar", name, ("n",)), (name, "n"), [(each, 1) for each in places])


@pytest.mark.parametrize("name", ["guest_id", "area_code"])
def test_numbers_that_name_something_are_names_below_a_drawing(name: str) -> None:
    assert bars_over(name, 324, 7, 173)["encoding"]["x"]["type"] == "nominal"
    assert bars_over(name, *range(100))["encoding"]["x"]["type"] == "quantitative"  # nobody could read so many


def test_bars_on_days_and_numbers_stand_beside_each_other_and_none_is_cut_off() -> None:
    years = bars_over("year", 2024, 2025, 2027)
    assert years["encoding"]["x"]["scale"]["domain"] == [2023.5, 2027.5]
    assert years["encoding"]["x"]["axis"] == {"format": "d", "tickMinStep": 1}
    assert years["mark"] == {"type": "bar", "width": {"expr": "max(1, 0.20000 * width)"}}
    days = bars_over("day", dt.date(2025, 10, 1), dt.date(2025, 10, 2))
    assert [(each["date"], each["hours"]) for each in days["encoding"]["x"]["scale"]["domain"]] == [(30, 12), (2, 12)]


def test_as_many_names_as_can_be_read_are_all_written() -> None:
    few, many = (bars_over("area", *(f"area {each}" for each in range(count))) for count in (20, 60))
    assert [each["encoding"]["x"]["axis"]["labelOverlap"] for each in (few, many)] == [False, "greedy"]


def test_a_missing_name_is_called_as_in_a_table() -> None:
    assert "'NULL'" in bars_over("area", "渋谷", None)["encoding"]["x"]["axis"]["labelExpr"]


def test_days_are_never_cut_into_hours() -> None:
    assert axis_over(dt.date(2025, 12, 30), dt.date(2025, 12, 31))["format"] == "%m/%d"


def test_a_drawing_takes_the_page_s_colours_in_either_theme() -> None:
    spec = draw_chart(ChartRequest("bar", "d", ("n",)), ("d", "n"), [("a", 1)])
    assert spec["config"]["background"] == "transparent"
    assert spec["usermeta"]["embedOptions"]["renderer"] == "svg"


def test_a_logarithmic_axis_has_a_place_for_0_where_there_is_one() -> None:
    request = ChartRequest("scatter", "shown", ("rate",), log=True)
    scales = [
        draw_chart(request, ("shown", "rate"), [(least, 0.1), (1000, 0.2)])["encoding"]["x"]["scale"]
        for least in (0, 1)
    ]
    assert scales == [{"type": "symlog", "constant": 1}, {"type": "log"}]


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ([3, 1, 9], ["1", "2–3", "4–7", "8–15"]),
        ([0, -2, 2], ["< 0", "0", "2–3"]),
        ([0.3, 1.5], ["0.25 – 0.5", "0.5 – 1", "1 – 2"]),
        (
            [5, 1_000_000],
            ["1–9", "10–99", "100–999", "1,000–9,999", "10,000–99,999", "100,000–999,999", "1,000,000–9,999,999"],
        ),
    ],
)
def test_bins_grow_with_their_values_and_leave_no_gap(values: list[float], names: list[str]) -> None:
    assert [each.name for each in log_bins(values)] == names


def test_every_value_lies_in_the_bin_that_its_name_says() -> None:
    for most in (1_000, 100_000_000):  # bins twice and ten times as wide
        values = [
            float(each) for power in range(20) for each in (2**power - 1, 2**power, 10 ** (power % 9)) if each <= most
        ]
        bins = log_bins(values)
        for value in values:
            low, _, high = bin_of(value, bins).name.replace(",", "").partition("–")
            assert float(low) <= value <= float(high or low)


def test_a_histogram_with_logarithmic_bins_counts_every_number_once() -> None:
    request = ChartRequest("hist", "n", color="area", log=True)
    spec = draw_chart(request, ("n", "area"), [(1, "A"), (5, "B"), (6, "B"), (None, "A"), (float("inf"), "A")])
    held = [(each["n"], each["area"], each["count"]) for each in spec["datasets"]["result"] if each["count"]]
    assert spec["mark"]["type"] == "bar"
    assert held == [("1", "A", 1), ("4–7", "B", 2)]


@pytest.mark.parametrize(("kind", "axis"), [("bar", "y"), ("hbar", "x"), ("line", "y"), ("scatter", "y")])
def test_values_stand_beside_bars_and_points(kind: str, axis: str) -> None:
    spec = draw_chart(ChartRequest(kind, "a", ("rate",), label="n"), ("a", "rate", "n"), [("x", 0.5, 12)])
    drawn, label = spec["layer"]
    assert label["encoding"]["text"]["field"] == "n"
    assert label["encoding"][axis]["field"] == drawn["encoding"][axis]["field"] == "rate"


def test_beside_the_parts_of_a_bar_the_values_are_stacked_as_the_parts_are() -> None:
    spec = draw_chart(ChartRequest("bar", "a", ("n",), "area", "n"), ("a", "area", "n"), [("x", "A", 1), ("x", "B", 2)])
    label = spec["layer"][1]["encoding"]
    assert (label["y"]["stack"], label["detail"]["field"]) == ("zero", "area")
    assert label["order"] == {"field": "area", "type": "nominal", "sort": "descending"}


def test_an_event_leaves_names_in_the_order_of_the_rows() -> None:
    spec = draw_chart(ChartRequest("hbar", "a", ("n",), mark="x"), ("a", "n"), [("z", 1), ("x", 2)])
    assert [each["encoding"]["y"]["sort"] for each in spec["layer"] if "y" in each["encoding"]] == [None] * 3


def test_names_that_would_touch_below_a_drawing_are_turned() -> None:
    assert fit_beside(["東京", "大阪"], 100)
    assert not fit_beside(["東京エリア全体", "大阪"], 100)  # together they are no wider than the drawing


def test_an_event_has_its_words_beside_its_line() -> None:
    request = request_of("%chart line x=business_hour y=talks mark=21 note=新しい_一覧")
    assert isinstance(request, ChartRequest)
    texts = [each["mark"].get("text") for each in draw_chart(request, COLUMNS, ROWS)["layer"]]
    assert "新しい 一覧" in texts


def test_lines_keep_their_words_inside_a_drawing_of_any_width() -> None:
    spec = draw_chart(ChartRequest("line", "business_hour", ("talks",), target=3.0), COLUMNS, ROWS)
    (text,) = [each["encoding"] for each in spec["layer"] if each["mark"]["type"] == "text"]
    assert text["x"] == {"value": "width"}


@pytest.mark.parametrize("kind", TABLES)
def test_a_funnel_and_a_cohort_are_tables_with_the_shares(kind: str) -> None:
    found = ResultTable(("step", "since", "n"), ("", "", ""), (("a", 0, 200), ("a", 1, 50)), 2, True, 0.0)
    request = read_request(ChartLine(kind, {"x": "step", "y": "n", "color": "since"}), found.columns)
    assert isinstance(request, ChartRequest)
    assert "25.0%" in table_of(request, found, "ja")


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
    event = "2025-10-01" if kind == "hbar" else "2025-10-01T00:00:00"
    assert held == [[{"value": 12.0}], [{"value": event}]]


@pytest.mark.parametrize("number", ["inf", "-inf", "nan"])
def test_what_a_division_by_zero_gives_has_no_place_in_a_drawing(number: str) -> None:
    with pytest.raises(Misfit):
        as_number(float(number), "share")

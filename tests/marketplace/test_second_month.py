"""A learner's plan has run in January 2026: the file holds all history, the manifest alone knows the effect."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from typer.testing import CliRunner

from classroom.commands.data import app
from classroom.exchange.expo.target import target_of
from classroom.folder import DATA_VARIABLE, Folder
from classroom.learner.start.practice_data import practice_data
from marketplace import MarketplaceError, Settings, build
from marketplace.checks import check
from marketplace.fingerprints import fingerprint
from marketplace.guests import NEVER
from marketplace.secondmonth import GROUPS, METRICS, Plan, make_second_month
from marketplace.secondmonth.metrics import arms_query, fits
from marketplace.secondmonth.month import quiet_month, with_measure
from marketplace.secondmonth.traces import traces_of
from marketplace.workplace import manifest_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    from marketplace.secondmonth.month import SecondMonth
    from marketplace.secondmonth.traces import Traces
    from marketplace.world import World

FIRST_TALKS = (
    "SELECT guest_id, min(opened_at_utc) FROM {} WHERE opened_at_utc < '2025-12-31 20:00' GROUP BY 1 ORDER BY 1"
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("second") / "marketplace.duckdb"
    build(Settings(scale=0.1, out=out))
    return out


@pytest.fixture(scope="module")
def quiet(data: Path) -> tuple[World, Traces]:
    return quiet_month(Settings(scale=0.1, out=data))


@pytest.fixture(scope="module")
def std() -> tuple[World, Traces]:
    return quiet_month(Settings())


@pytest.fixture(scope="module")
def made(data: Path) -> Callable[[Plan], Path]:
    """Return a maker of files, each plan made once."""
    kept: dict[Plan, Path] = {}

    def maker(plan: Plan) -> Path:
        if plan not in kept:
            kept[plan] = data.with_name(f"month-{len(kept)}.duckdb")
            make_second_month(data, plan, Settings(out=kept[plan]), target_of(plan.condition, "en"))
        return kept[plan]

    return maker


def plan_for(group: str, effect: str = "real", **more: Any) -> Plan:
    more = {"metric_name": "registrations", **more} if group == "days" else more
    return Plan(group, effect, area="SHINJUKU" if group == "area" else "", **more)


PAIRS = [(group, name) for group in GROUPS for name, metric in METRICS.items() if fits(metric, group)]
"""Each group with each metric that can be told for it."""


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(duckdb.connect(str(path), read_only=True)) as connection:
        return connection.execute(query).fetchall()


def everybody(month: SecondMonth) -> tuple[float, float]:
    """Return the mean of the metric in the control and the treatment arm, as it came about."""
    return means(month, traces_of(month.world))


def means(month: SecondMonth, traces: Traces) -> tuple[float, float]:
    """Return the same of what happened: to find that out takes most of a test."""
    values = month.units.values(getattr(traces, month.plan.metric.counted.trace))
    arms = (month.units.is_counted & ~month.units.is_treated, month.units.is_counted & month.units.is_treated)
    control, treatment = (float(values[arm].mean()) for arm in arms)
    return control, treatment


def run(quiet: tuple[World, Traces], plan: Plan) -> SecondMonth:
    return with_measure(*quiet, plan, lambda _, belongs: belongs)


@pytest.mark.parametrize("group", GROUPS)
def test_the_month_keeps_keys_references_checks_and_promises(made: Callable[[Plan], Path], group: str) -> None:
    report = check(made(plan_for(group)))
    assert [finding.found.en for finding in report.findings if not finding.ok] == []


def test_a_guests_earlier_talks_are_there(made: Callable[[Plan], Path], data: Path) -> None:
    query = FIRST_TALKS.format("talks")
    assert rows(made(plan_for("existing")), query) == rows(data, query)


def test_requests_of_the_first_days_follow_from_talks_of_december(made: Callable[[Plan], Path]) -> None:
    query = """SELECT count(*), count(*) FILTER (t.opened_at_utc < '2025-12-31 20:00') FROM appointments AS a JOIN talks AS t USING (talk_id)
               WHERE a.requested_at_utc BETWEEN '2025-12-31 20:00' AND '2026-01-02 20:00'"""
    [(asked, from_december)] = rows(made(plan_for("existing")), query)
    assert from_december > asked / 2 > 1


def test_the_data_set_itself_stays_as_it_was(small: Path, tmp_path: Path) -> None:
    before = small.read_bytes()
    make_second_month(small, Plan("existing", "small"), Settings(out=tmp_path / "month.duckdb"))
    assert small.read_bytes() == before


@pytest.mark.parametrize("group", ["existing", "casts"])
def test_the_same_plan_gives_the_same_month_on_one_thread_or_two(small: Path, tmp_path: Path, group: str) -> None:
    prints = []
    for threads in (1, 2):
        out = tmp_path / f"{threads}.duckdb"
        make_second_month(small, Plan(group, "real", seed=7), Settings(out=out, threads=threads))
        prints.append((fingerprint(out), rows(out, "FROM measure_units"), rows(out, "FROM measure_plan")))
    assert prints[0] == prints[1]


def test_the_same_seed_treats_the_same_guests_whatever_the_effect(quiet: tuple[World, Traces]) -> None:
    none, real, other = (
        run(quiet, plan_for("existing", effect, seed=seed)) for effect, seed in (("none", 1), ("real", 1), ("real", 2))
    )
    assert (none.units.is_treated == real.units.is_treated).all()
    assert (none.units.is_treated != other.units.is_treated).any()


@pytest.mark.parametrize(("group", "metric"), [pair for pair in PAIRS if pair[0] in {"existing", "casts", "days"}])
def test_nobody_is_moved_in_the_control_arm_nor_by_no_effect(
    std: tuple[World, Traces], group: str, metric: str
) -> None:
    none, real, harmful = (
        everybody(run(std, plan_for(group, effect, metric_name=metric))) for effect in ("none", "real", "harmful")
    )
    assert none[0] == real[0] == harmful[0]
    assert harmful[1] < none[1] < real[1]


@pytest.mark.parametrize(("group", "metric"), PAIRS)
def test_the_treated_are_moved_by_what_the_manifest_says(std: tuple[World, Traces], group: str, metric: str) -> None:
    moved, more = [], []
    _, quietly = std
    for seed in range(10):
        none, real = (run(std, plan_for(group, effect, metric_name=metric, seed=seed)) for effect in ("none", "real"))
        moved.append(everybody(real)[1] - means(none, quietly)[1])
        more.append(moved[-1] - real.effect.target.difference)
    assert everybody(none) == means(none, quietly)
    assert sum(moved) > 0
    assert abs(fmean(more)) < 4 * stdev(more) / len(more) ** 0.5


def test_a_narrow_plan_meets_the_same_lift_and_finds_it_less_often(quiet: tuple[World, Traces]) -> None:
    whole = run(quiet, plan_for("existing", metric_name="talk_14d")).effect
    narrow = with_measure(
        *quiet,
        plan_for("existing", metric_name="talk_14d", condition="few"),
        lambda _, belongs: belongs & (belongs.cumsum() % 6 == 0),
    ).effect
    assert whole.lift == narrow.lift
    assert narrow.target.power < whole.target.power


@pytest.mark.parametrize(("group", "metric"), PAIRS)
def test_effects_are_of_a_size_that_occurs_whoever_takes_part(
    std: tuple[World, Traces], group: str, metric: str
) -> None:
    for effect, (least, most) in {"none": (0, 0), "small": (1, 3), "real": (5, 15), "harmful": (-15, -5)}.items():
        for seed in range(3):
            whole = run(std, plan_for(group, effect, metric_name=metric, seed=seed)).effect.whole
            assert least - 0.01 <= 100 * whole.difference / whole.base <= most + 0.01


def test_none_has_the_power_of_its_level_and_a_small_effect_hardly_more(quiet: tuple[World, Traces]) -> None:
    small, none = (
        run(quiet, plan_for("existing", effect, metric_name="talk_14d")).effect for effect in ("small", "none")
    )
    assert 0.05 < small.whole.power < 0.1
    assert none.whole.power == pytest.approx(0.05, abs=1e-3)
    assert none.whole.units_for_80_percent is None


@pytest.mark.parametrize("group", ["existing", "newcomers", "area", "days"])
def test_more_months_bring_more_people_and_watch_the_last_of_them_as_long(group: str, data: Path) -> None:
    months = {}
    for several in (1, 2, 3):
        quiet = quiet_month(Settings(scale=0.1, out=data), several)
        months[several] = with_measure(*quiet, plan_for(group, months=several), lambda _, belongs: belongs)
        units = months[several].units
        came = units.assigned[units.assigned != NEVER]
        assert months[several].world.end >= came.max() + 14 * 86_400
    counts = [int(each.units.is_counted.sum()) for each in months.values()]
    assert counts[0] * 1.3 < counts[1] < counts[2]
    assert months[3].effect.lift == months[1].effect.lift
    assert months[3].effect.target.power > months[1].effect.target.power


def test_a_file_of_three_months_says_so_and_its_sql_finds_what_came_about(data: Path, tmp_path: Path) -> None:
    out, plan = tmp_path / "months.duckdb", plan_for("existing", months=3)
    make_second_month(data, plan, Settings(out=out))
    assert check(out).findings
    [(first, last)] = rows(out, "SELECT CAST(starts_on AS VARCHAR), CAST(ends_on AS VARCHAR) FROM measure_plan")
    assert (first, last) == ("2026-01-01", "2026-03-31")
    quiet = quiet_month(Settings(scale=0.1, out=data), 3)
    found = [row[2] / row[1] for row in rows(out, arms_query(plan.metric, plan.key, plan.area))]
    assert found == pytest.approx(everybody(run(quiet, plan)))


@pytest.mark.parametrize(
    ("group", "query"),
    [
        (
            "existing",
            "SELECT count(*) FROM measure_units JOIN guests USING (guest_id) WHERE registered_at_utc >= '2025-12-31 20:00'",
        ),
        (
            "newcomers",
            "SELECT count(*) FROM measure_units JOIN guests USING (guest_id) WHERE registered_at_utc NOT BETWEEN '2025-12-31 20:00' AND '2026-01-31 20:00'",
        ),
        (
            "area",
            "SELECT count(*) FROM measure_units AS u ANTI JOIN (list_impressions JOIN casts USING (cast_id)) AS i ON i.guest_id = u.guest_id AND i.shown_at_utc = u.assigned_at_utc AND i.area_code = 'SHINJUKU'",
        ),
        ("casts", "SELECT count(*) FROM measure_units JOIN casts USING (cast_id) WHERE retired_at_utc IS NOT NULL"),
    ],
)
def test_nobody_takes_part_who_does_not_belong_to_the_group(
    made: Callable[[Plan], Path], group: str, query: str
) -> None:
    path = made(plan_for(group))
    assert rows(path, query) == [(0,)]
    assert rows(path, "SELECT count(*) > 20 FROM measure_units") == [(True,)]


@pytest.mark.parametrize("group", GROUPS)
def test_exposure_is_recorded_in_both_arms_and_some_never_come_to_it(made: Callable[[Plan], Path], group: str) -> None:
    query = "SELECT count(*) FILTER (exposed_at_utc < assigned_at_utc), avg((exposed_at_utc IS NOT NULL)::INT) FROM measure_units GROUP BY variant"
    for early, share in rows(made(plan_for(group)), query):
        assert early == 0
        assert 0.6 < share <= 1
    assert rows(made(plan_for("existing")), "SELECT count(*) > 0 FROM measure_units WHERE exposed_at_utc IS NULL") == [
        (True,)
    ]


def test_the_planned_split_is_recorded_and_kept(made: Callable[[Plan], Path]) -> None:
    path = made(plan_for("existing", treatment_percent=20))
    [(percent,)] = rows(path, "SELECT treatment_percent FROM measure_plan")
    [(share, units)] = rows(path, "SELECT 100 * avg((variant = 'treatment')::INT), count(*) FROM measure_units")
    assert percent == 20
    assert abs(share - 20) < 3 * 100 * (0.2 * 0.8 / units) ** 0.5


def test_the_truth_is_in_the_manifest_and_not_in_the_data(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "month.duckdb"
    plan = plan_for("existing", "harmful")
    truth = make_second_month(data, plan, Settings(out=out)).planted["second_month"]
    arms = rows(out, arms_query(plan.metric, plan.key, plan.area))
    assert truth["effect"] == "harmful"
    assert truth["relative_lift"] < 0
    assert {name: facts["units"] for name, facts in truth["found"].items()} == {row[0]: row[1] for row in arms}
    assert b"harmful" not in out.read_bytes()


@pytest.mark.parametrize(("group", "metric"), PAIRS)
@pytest.mark.parametrize("effect", ["real", "harmful"])
def test_what_is_found_by_sql_is_what_came_about(
    made: Callable[[Plan], Path], quiet: tuple[World, Traces], group: str, metric: str, effect: str
) -> None:
    plan = plan_for(group, effect, metric_name=metric)
    found = [row[2] / row[1] for row in rows(made(plan), arms_query(plan.metric, plan.key, plan.area))]
    assert found == pytest.approx(everybody(run(quiet, plan)))


@pytest.mark.parametrize("page", ["second-month.md", "second-month.ja.md"])
def test_the_analysis_that_mentors_read_gives_what_the_manifest_says(made: Callable[[Plan], Path], page: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / page).read_text("utf-8")
    query = text.partition("```sql\n")[2].partition("```")[0]
    plan = plan_for("existing")
    arms = rows(made(plan), arms_query(plan.metric, plan.key, plan.area))
    assert rows(made(plan), query) == [(variant, units, total / units) for variant, units, total, _ in arms]


@pytest.mark.parametrize(
    ("group", "condition", "check"),
    [
        (
            "existing",
            "prefecture = '東京都'",
            "SELECT bool_and(prefecture = '東京都') FROM measure_units JOIN guests USING (guest_id)",
        ),
        (
            "existing",
            "guest_id NOT IN (SELECT guest_id FROM appointments)",
            "SELECT bool_and(requested IS NULL) FROM measure_units LEFT JOIN (SELECT guest_id, count(*) AS requested FROM appointments WHERE requested_at_utc < '2025-12-31 20:00' GROUP BY 1) USING (guest_id)",
        ),
        (
            "existing",
            "registered_at_utc >= current_date - 90 -- since autumn",
            "SELECT min(registered_at_utc) >= '2025-10-02' FROM measure_units JOIN guests USING (guest_id)",
        ),
        (
            "newcomers",
            "acquisition_channel = 'sns_ad' OR verified_at_utc IS NOT NULL",
            "SELECT bool_and(acquisition_channel = 'sns_ad') FROM measure_units JOIN guests USING (guest_id)",
        ),
        (
            "casts",
            "grade <> 'standard'",
            "SELECT bool_and(grade <> 'standard') FROM measure_units JOIN casts USING (cast_id)",
        ),
    ],
)
def test_the_learners_condition_chooses_by_what_was_known_then(
    made: Callable[[Plan], Path], group: str, condition: str, check: str
) -> None:
    path = made(plan_for(group, condition=condition))
    assert rows(path, check) == [(True,)]
    assert rows(path, "SELECT condition FROM measure_plan") == [(condition,)]


def penguin_data(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_command_makes_the_month_and_tells_how_many_take_part(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "month.duckdb"
    words = ("--effect", "small", "--for", "newcomers", "--metric", "talk_14d", "--treated", "30")
    done = penguin_data("measure", *words, "--data", small, "--out", out, "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "take part" in done.output
    assert rows(out, "SELECT group_name, treatment_percent FROM measure_plan") == [("newcomers", 30)]


@pytest.mark.parametrize(("effect", "is_told"), [("harmful", True), ("small", False)])
def test_a_plan_that_hardly_finds_what_was_drawn_is_told(
    small: Path, tmp_path: Path, effect: str, is_told: bool
) -> None:
    words = ("--effect", effect, "--for", "area", "--area", "SHINJUKU", "--data", small, "--out", tmp_path / "m.duckdb")
    assert ("“can't say” is likely" in penguin_data("measure", *words, "--lang", "en").output) == is_told


def test_a_learner_opens_the_file_without_its_manifest(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "month.duckdb"
    counted = make_second_month(small, plan_for("newcomers"), Settings(out=out)).rows
    manifest_path(out).unlink()
    monkeypatch.setenv(DATA_VARIABLE, str(out))
    opened = practice_data(Folder(tmp_path), "ja")
    assert opened.path == out
    assert opened.rows >= counted
    out.write_text("no data")
    with pytest.raises(MarketplaceError, match="penguin data build"):
        practice_data(Folder(tmp_path), "ja")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--for", "everybody"), "newcomers"),
        (("--for", "existing", "--metric", "clicks"), "talk_count_14d"),
        (("--for", "area"), "SHINJUKU"),
        (("--for", "casts", "--area", "GINZA"), "--for area"),
        (("--for", "casts", "--treated", "100"), "99"),
        (("--for", "existing", "--months", "4"), "3"),
        (("--for", "casts", "--months", "2"), "2"),
    ],
)
def test_bad_words_are_answered_with_one_sentence(small: Path, words: tuple[str, ...], sentence: str) -> None:
    for lang in ("ja", "en"):
        done = penguin_data("measure", "--effect", "real", *words, "--data", small, "--lang", lang)
        assert done.exit_code == 2
        assert sentence in done.output
        assert "Traceback" not in done.output


def test_who_takes_no_part_has_no_variant(quiet: tuple[World, Traces], made: Callable[[Plan], Path]) -> None:
    month = run(quiet, plan_for("existing"))
    part = int((month.units.assigned != NEVER).sum())
    assert rows(made(plan_for("existing")), "SELECT count(*) FROM measure_units") == [(part,)]

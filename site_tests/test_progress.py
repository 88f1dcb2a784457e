"""The status rule by hand: every state, every edge. 2026 has 365 days; from 01/01/2026 to 31/12/2026 are 364 days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from generators.derive.progress import TargetProgress, derive_progress, reports_by_plan, rounded
from generators.schema.progress import ProgressReport, read_period
from site_tests.progress_records import dataset, plan, reading, report, target, unit

TODAY = date(2026, 11, 22)


def progress(
    one: dict[str, Any], *reports: ProgressReport, today: date = TODAY, starts: str | None = "01/01/2026", **more: Any
) -> TargetProgress:
    """What is derived for one target of one plan from some reports."""
    made = dataset([unit("xa-a")], [plan("ke-hoach", "xa-a", [one], starts=starts, **more)], reports)
    return derive_progress(made, reports_by_plan(made), today)["ke-hoach"][0]


def in_q2(reached: int, of: int = 100) -> ProgressReport:
    """A report for the second quarter: sent on 30/06/2026, 180 days after 01/01/2026, time share 180/364 = 0,4945."""
    return report("xa-a", "2026-q2", reading("t", reached, of))


@pytest.mark.parametrize(
    ("reached", "way", "ratio", "state"),
    [
        # way = reached/100 ÷ 0,8; ratio = way ÷ 0,4945
        (80, "1.0000", "2.02", "achieved"),
        (79, "0.9875", "2", "on_track"),
        (40, "0.5000", "1.01", "on_track"),
        (38, "0.4750", "0.96", "on_track"),
        (37, "0.4625", "0.94", "at_risk"),
        (24, "0.3000", "0.61", "at_risk"),
        (23, "0.2875", "0.58", "behind"),
        (0, "0.0000", "0", "behind"),
    ],
)
def test_share_of_the_way_over_share_of_the_time(reached: int, way: str, ratio: str, state: str) -> None:
    found = progress(target("t"), in_q2(reached))
    assert found.state == state
    assert found.pace is not None
    assert (found.pace.days_passed, found.pace.days_given, found.pace.time) == (180, 364, Decimal("0.4945"))
    assert (found.pace.way, found.pace.ratio) == (Decimal(way), Decimal(ratio))


@pytest.mark.parametrize(
    ("reached", "ratio", "state"),
    [(190, "0.95", "on_track"), (189, "0.95", "on_track"), (188, "0.94", "at_risk"), (120, "0.6", "at_risk"),
     (118, "0.59", "behind")],
)  # fmt: skip
def test_the_cut_offs_hold_for_the_ratio_as_printed(reached: int, ratio: str, state: str) -> None:
    # 200 days of 400: half the time. way = reached/400; 189/400 = 0,4725, and 0,4725 ÷ 0,5 = 0,945, printed 0,95.
    one = target("t", "400 người")
    found = progress(
        one, report("xa-a", "2026-q2", reading("t", reached), on="2026-06-14"), starts="26/11/2025"
    )
    assert found.pace is not None
    assert (found.pace.days_passed, found.pace.days_given, found.pace.time) == (200, 400, Decimal("0.5"))
    assert (found.pace.ratio, found.state) == (Decimal(ratio), state)


def test_printed_components_recompute_to_the_printed_result() -> None:
    found = progress(target("t", "90%"), report("xa-a", "2026-q3", reading("t", 27, 46), on="2026-09-08"))
    pace = found.pace
    assert pace is not None and pace.way is not None and pace.time is not None
    assert pace.value == Decimal("58.7")  # 27/46 = 58,6956…%
    assert pace.way == Decimal("0.6522")  # 58,7 ÷ 90
    assert (pace.days_passed, pace.days_given) == (250, 364)
    assert pace.time == Decimal("0.6868")  # 250 ÷ 364
    assert pace.ratio == rounded(pace.way / pace.time) == Decimal("0.95")  # 0,6522 ÷ 0,6868 = 0,9496…
    assert found.state == "on_track"


def test_no_report_is_no_data_and_no_pace() -> None:
    found = progress(target("t"))
    assert (found.state, found.pace, found.trend, found.points, found.latest) == ("no_data", None, None, (), None)


@pytest.mark.parametrize("state", ["not_reported", "not_applicable", "withheld"])
def test_a_report_without_a_figure_is_no_data_and_not_nought(state: str) -> None:
    found = progress(target("t"), report("xa-a", "2026-q2", reading("t", state=state)))
    assert (found.state, found.pace) == ("no_data", None)
    assert found.points[0].value is None and found.points[0].shown is None


def test_not_reported_in_the_last_period_leaves_the_last_figure_standing() -> None:
    late = report("xa-a", "2026-q3", reading("t", state="not_reported"))
    found = progress(target("t"), in_q2(40), late)
    assert found.state == "on_track"
    assert found.pace is not None and found.pace.as_of == date(2026, 6, 30)
    assert found.latest is not None and found.latest.period.id == "2026-q2"


def test_words_only_is_never_judged() -> None:
    assert progress(target("t", None), in_q2(1)).state == "words_only"
    assert progress(target("t", None), in_q2(1)).pace is None


def test_an_undated_target_has_no_deadline_until_it_is_reached() -> None:
    undated = target("t", "80%", None)
    assert progress(undated, in_q2(79)).state == "no_deadline"
    assert progress(undated, in_q2(80)).state == "achieved"
    assert progress(undated).state == "no_data"


def test_on_the_first_day_no_time_has_passed_and_nobody_is_behind() -> None:
    first = report("xa-a", "2026-01", reading("t", 0, 100), on="2026-01-01")
    found = progress(target("t"), first, today=date(2026, 1, 1))
    assert found.pace is not None
    assert (found.pace.days_passed, found.pace.time, found.pace.ratio) == (0, 0, None)
    assert found.state == "on_track"


def test_a_figure_from_before_the_start_has_used_no_time() -> None:
    early = report("xa-a", "2025-q4", reading("t", 10, 100))
    found = progress(target("t"), early)
    assert found.pace is not None and (found.pace.days_passed, found.state) == (0, "on_track")


def test_the_deadline_is_the_last_day_of_the_year() -> None:
    short = report("xa-a", "2026-q4", reading("t", 79, 100), on="2026-12-08")
    assert progress(target("t"), short, today=date(2026, 12, 31)).state == "on_track"
    assert progress(target("t"), short, today=date(2027, 1, 1)).state == "overdue"
    met = report("xa-a", "2026-q4", reading("t", 80, 100), on="2026-12-08")
    assert progress(target("t"), met, today=date(2027, 1, 1)).state == "achieved"


def test_missing_the_last_figure_is_not_missing_the_goal() -> None:
    found = progress(target("t"), in_q2(79), today=date(2027, 1, 1))
    assert (found.state, found.final_missing) == ("no_data", True)
    assert not progress(target("t"), in_q2(79), today=date(2026, 12, 31)).final_missing
    assert progress(target("t"), in_q2(80), today=date(2027, 1, 1)).state == "achieved"


def test_a_figure_says_nothing_of_days_after_it_was_reported() -> None:
    found = progress(target("t"), report("xa-a", "2026-q2", reading("t", 40, 100), on="2026-06-09"))
    assert found.pace is not None
    assert (found.pace.as_of, found.pace.days_passed) == (date(2026, 6, 9), 159)


def test_a_report_sent_after_its_period_stands_for_the_period_s_end() -> None:
    found = progress(target("t"), report("xa-a", "2026-q2", reading("t", 40, 100), on="2026-08-20"))
    assert found.pace is not None and found.pace.as_of == date(2026, 6, 30)


def test_today_before_the_period_s_end_ends_the_time() -> None:
    found = progress(target("t"), in_q2(40), today=date(2026, 5, 1))
    assert found.pace is not None and (found.pace.as_of, found.pace.days_passed) == (date(2026, 5, 1), 120)


BASELINE = {"at": "47,2%", "on": "31/12/2025", "source": "đo lúc đầu"}


@pytest.mark.parametrize(
    ("reached", "way", "state"),
    [(453, "-0.0579", "going_back"), (472, "0.0000", "behind"), (636, "0.5000", "on_track")],
)
def test_a_base_is_where_the_way_starts(reached: int, way: str, state: str) -> None:
    # (45,3 − 47,2) ÷ (80 − 47,2) = −1,9 ÷ 32,8; (63,6 − 47,2) ÷ 32,8 = 0,5. 181 of 365 days: 0,4959.
    found = progress(target("t", baseline=BASELINE), in_q2(reached, 1000))
    assert found.state == state
    assert found.pace is not None
    assert (found.pace.way, found.pace.start_from, found.pace.base_is_given) == (Decimal(way), "baseline", True)
    assert (found.pace.days_passed, found.pace.days_given) == (181, 365)


@pytest.mark.parametrize("base", ["80%", "90%"])
def test_with_the_base_at_the_goal_there_is_no_way_to_go(base: str) -> None:
    there = target("t", baseline={**BASELINE, "at": base})
    fallen = progress(there, in_q2(79))
    assert fallen.state == "going_back"
    assert fallen.pace is not None and (fallen.pace.way, fallen.pace.ratio) == (None, None)
    assert progress(there, in_q2(80)).state == "achieved"


def test_a_count_starts_at_nought() -> None:
    count = target("t", "500 người")
    found = progress(count, report("xa-a", "2026-q2", reading("t", 240)))
    assert found.latest is not None and found.latest.value == 240
    assert found.pace is not None
    assert (found.pace.base, found.pace.base_is_given, found.pace.way) == (0, False, Decimal("0.48"))
    assert (found.pace.ratio, found.state) == (Decimal("0.97"), "on_track")  # 0,48 ÷ 0,4945 = 0,9707
    assert progress(count, report("xa-a", "2026-q2", reading("t", 0))).state == "behind"
    assert progress(count, report("xa-a", "2026-q2", reading("t", 500))).state == "achieved"


def test_counts_go_before_the_stated_percentage() -> None:
    found = progress(target("t"), report("xa-a", "2026-q2", reading("t", 41, 45, percent="91,1%")))
    assert found.latest is not None
    assert found.latest.value == Decimal(4100) / Decimal(45)
    assert found.latest.shown == Decimal("91.11")
    alone = progress(target("t"), report("xa-a", "2026-q2", reading("t", percent="69,85%")))
    assert alone.latest is not None and alone.latest.shown == Decimal("69.85")


def test_the_state_goes_by_the_figure_that_is_printed() -> None:
    # 79.997 of 100.000 is printed 80%, so the page must not say that 80% are missing.
    assert progress(target("t"), in_q2(79_997, 100_000)).state == "achieved"
    assert progress(target("t"), in_q2(79_994, 100_000)).state == "on_track"


@pytest.mark.parametrize(
    ("value", "shown"),
    [("91.1111", "91.11"), ("2.675", "2.68"), ("2.674", "2.67"), ("100", "100"), ("69.50", "69.5"), ("0", "0"),
     ("99.996", "100")],
)  # fmt: skip
def test_figures_have_two_decimals_at_most(value: str, shown: str) -> None:
    assert str(rounded(Decimal(value))) == shown


def test_a_correction_changes_nothing_but_the_figure_itself() -> None:
    corrected = reading(
        "t", 40, 100, corrections=[{"date": "01/08/2026", "reached": "50", "of": "100", "reason": "cộng nhầm"}]
    )
    found = progress(target("t"), report("xa-a", "2026-q2", corrected))
    assert [point.shown for point in found.points] == [40]


def test_trend_goes_between_the_last_two_figures() -> None:
    first = report("xa-a", "2026-q1", reading("t", 42, 45))  # 93,33
    gap = report("xa-a", "2026-q2", reading("t", state="withheld"))
    last = report("xa-a", "2026-q3", reading("t", 40, 46))  # 86,96
    found = progress(target("t"), first, gap, last)
    assert found.trend is not None
    assert (found.trend.direction, found.trend.change, found.trend.since.id) == ("down", Decimal("-6.37"), "2026-q1")
    assert progress(target("t"), first).trend is None
    flat = progress(target("t"), first, report("xa-a", "2026-q2", reading("t", 84, 90)))
    assert flat.trend is not None and (flat.trend.direction, flat.trend.change) == ("flat", 0)


def test_no_line_leads_over_a_gap() -> None:
    found = progress(
        target("t"),
        report("xa-a", "2026-q1", reading("t", 10, 100)),
        report("xa-a", "2026-q3", reading("t", 30, 100)),  # nothing at all for the second quarter
        report("xa-a", "2026-10", reading("t", 40, 100)),
        report("xa-a", "2026-11", reading("t", state="not_reported")),
        report("xa-a", "2026-12", reading("t", 60, 100), on="2026-12-15"),
        today=date(2026, 12, 20),
    )
    runs = [[(point.period.id, point.shown) for point in run] for run in found.segments]
    assert runs == [[("2026-q1", 10)], [("2026-q3", 30), ("2026-10", 40)], [("2026-12", 60)]]
    assert [period.id for period in found.silent] == ["2026-q2"]


def test_what_is_missing_before_and_after_a_series_is_no_gap() -> None:
    found = progress(target("t"), in_q2(40))
    assert found.silent == () and len(found.segments) == 1


def test_of_two_periods_that_end_together_the_later_report_is_the_later_word() -> None:
    year = report("xa-a", "2025", reading("t", 30, 100), on="2025-12-19")
    quarter = report("xa-a", "2025-q4", reading("t", 20, 100), on="2025-12-08")
    found = progress(target("t"), year, quarter)
    assert [point.period.id for point in found.points] == ["2025-q4", "2025"]


def test_a_series_never_holds_figures_of_another_target_or_measure() -> None:
    skills = target("skills-2025", year="2025")
    standard = target("standard-2026", "90%", indicator="officials-course-standard")
    made = dataset(
        [unit("xa-a")],
        [plan("ke-hoach", "xa-a", [skills, standard], starts="01/01/2025")],
        [
            report("xa-a", "2025-q4", reading("skills-2025", 100, 100)),
            report("xa-a", "2026-q1", reading("standard-2026", 12, 100)),
        ],
    )
    before, after = derive_progress(made, reports_by_plan(made), TODAY)["ke-hoach"]
    assert [point.shown for point in before.points] == [100]
    assert [point.shown for point in after.points] == [12]
    assert after.trend is None  # 12 after 100 is no fall: something else is counted
    assert (before.measure.id, after.measure.id) == ("skills", "standard")


@pytest.mark.parametrize(
    ("starts", "document", "start", "source"),
    [
        ("15/03/2026", {"date": "07/2025"}, date(2026, 3, 15), "plan"),
        (None, {"date": "07/2025"}, date(2025, 7, 1), "document"),
        (None, {"date": "2025"}, date(2025, 1, 1), "document"),
        (None, {"date": None}, date(2026, 1, 1), "targets"),
    ],
)
def test_the_start_says_where_it_is_from(
    starts: str | None, document: dict[str, str | None], start: date, source: str
) -> None:
    found = progress(target("t"), in_q2(40), starts=starts, document=document)
    assert found.pace is not None and (found.pace.start, found.pace.start_from) == (start, source)


@pytest.mark.parametrize(
    ("text", "start", "end", "following"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31), "2026"),
        ("2025-q4", date(2025, 10, 1), date(2025, 12, 31), "2026-q1"),
        ("2026-h1", date(2026, 1, 1), date(2026, 6, 30), "2026-h2"),
        ("2025-h2", date(2025, 7, 1), date(2025, 12, 31), "2026-h1"),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31), "2026-01"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "2028-03"),
    ],
)
def test_periods_know_their_days_and_what_follows(text: str, start: date, end: date, following: str) -> None:
    period = read_period(text)
    assert (period.id, period.start, period.end, period.next.id) == (text, start, end, following)

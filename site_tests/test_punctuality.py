"""Due days by hand: strict reading of "before", year ends, weekends, what is late and by how much, what comes next."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generators.derive.progress import reports_by_plan
from generators.derive.punctuality import DueReport, Punctuality, derive_punctuality, due_count, due_day
from generators.schema.plan import ReportingDuty
from generators.schema.progress import ProgressReport, read_period
from site_tests.progress_records import dataset, plan, project, report, unit

TODAY = date(2026, 11, 22)
LAST = "last"


def duty(every: str | None = "quarter", **more: Any) -> dict[str, Any]:
    return {"id": more.pop("id", "han"), "who": "xã", "every": every, "text": "báo cáo", "section": "V", **more}


def before(day: int, **month: Any) -> dict[str, Any]:
    return {"before": {"day": str(day), **(month or {"month_of_period": LAST})}}


def on(day: int, **month: Any) -> dict[str, Any]:
    return {"on": {"day": str(day), **(month or {"month_of_period": LAST})}}


QUARTERLY = duty(**before(10))
MONTHLY = duty("month", id="thang", **on(15, month_of_period="each"))
YEARLY = duty("year", id="nam", **before(5, month="12"))


def derived(
    duties: list[dict[str, Any]], *reports: ProgressReport, today: date = TODAY, **more: Any
) -> Punctuality:
    made = dataset([unit("xa-a")], [plan("kh", "xa-a", reporting=duties, **more)], reports)
    found = derive_punctuality(made, reports_by_plan(made), today)["kh"]
    named = {(row.duty.id, row.period.id) for row in (*found.rows, *found.next_due)}
    assert due_count(made.plans["kh"], reports_by_plan(made), today) == len(named)
    return found


def told(rows: tuple[DueReport, ...]) -> list[tuple[str, str, str, int]]:
    return [(row.period.id, row.due.isoformat(), row.state, row.days_late) for row in rows]


@pytest.mark.parametrize(
    ("rule", "period", "due"),
    [
        # "trước ngày 15" ends on the 14th, "ngày 15" is the 15th
        (duty(**before(15)), "2026-q4", date(2026, 12, 14)),
        (duty(**on(15)), "2026-q4", date(2026, 12, 15)),
        (duty(**before(10)), "2026-q1", date(2026, 3, 9)),
        (duty(**before(10)), "2025-q4", date(2025, 12, 9)),
        (MONTHLY, "2026-12", date(2026, 12, 15)),
        (MONTHLY, "2027-01", date(2027, 1, 15)),
        (YEARLY, "2026", date(2026, 12, 4)),
        (YEARLY, "2027", date(2027, 12, 4)),
        # a yearly report of January is about the year that has just ended
        (duty("year", **before(15, month="1")), "2026", date(2027, 1, 14)),
        (duty("year", **on(1, month="1")), "2026", date(2027, 1, 1)),
        (duty("year", **before(1, month="1")), "2026", date(2026, 12, 31)),
        (duty("half-year", **before(20)), "2026-h1", date(2026, 6, 19)),
        (duty("half-year", **before(20)), "2026-h2", date(2026, 12, 19)),
        # months that are too short, and the day before the first
        (duty("month", **on(31)), "2026-02", date(2026, 2, 28)),
        (duty("month", **on(30)), "2028-02", date(2028, 2, 29)),
        (duty("month", **before(1)), "2026-03", date(2026, 2, 28)),
        (duty("month", **before(1)), "2026-01", date(2025, 12, 31)),
        (duty("month", **before(31)), "2026-04", date(2026, 4, 30)),
        (duty(None), "2026-q4", None),
        (duty("quarter"), "2026-q4", None),
    ],
)
def test_the_last_day_in_time(rule: dict[str, Any], period: str, due: date | None) -> None:
    assert due_day(ReportingDuty.model_validate(rule), read_period(period)) == due


def test_before_the_first_of_january_belongs_to_the_year_that_ends() -> None:
    rule = ReportingDuty.model_validate(duty("year", **before(1, month="1")))
    assert due_day(rule, read_period("2026")) == date(2026, 12, 31)


def test_received_late_missing_and_not_due() -> None:
    found = derived(
        [QUARTERLY],
        report("xa-a", "2025-q3", on="2025-09-09"),  # the last day in time
        report("xa-a", "2025-q4", on="2025-12-10"),  # one day late
        report("xa-a", "2026-q1", on="2026-03-19"),  # ten days late
        report("xa-a", "2026-q3", on="2026-09-08"),
    )
    assert told(found.rows) == [
        ("2026-q4", "2026-12-09", "not_due", 0),
        ("2026-q3", "2026-09-09", "received", 0),
        ("2026-q2", "2026-06-09", "missing", 166),  # 09/06 to 22/11
        ("2026-q1", "2026-03-09", "late", 10),
        ("2025-q4", "2025-12-09", "late", 1),
        ("2025-q3", "2025-09-09", "received", 0),
    ]
    assert [row.received_on for row in found.rows][:3] == [None, date(2026, 9, 8), None]


def test_late_is_counted_across_the_year_s_end() -> None:
    found = derived([QUARTERLY], report("xa-a", "2025-q4", on="2026-01-09"), today=date(2026, 1, 10))
    assert told(found.rows)[-1] == ("2025-q4", "2025-12-09", "late", 31)
    assert told(found.next_due) == [("2026-q1", "2026-03-09", "not_due", 0)]


@pytest.mark.parametrize(
    ("today", "state", "late"),
    [(date(2026, 12, 9), "not_due", 0), (date(2026, 12, 10), "missing", 1)],
)
def test_the_due_day_itself_is_in_time(today: date, state: str, late: int) -> None:
    found = derived([QUARTERLY], report("xa-a", "2026-q3", on="2026-09-01"), today=today)
    assert next((row.state, row.days_late) for row in found.rows if row.period.id == "2026-q4") == (state, late)


def test_before_the_first_published_report_nothing_is_known_and_nothing_is_late() -> None:
    assert derived([QUARTERLY, MONTHLY, YEARLY]).rows == ()
    found = derived([QUARTERLY, MONTHLY], report("xa-a", "2026-q3", on="2026-09-01"))
    assert {row.period.id for row in found.rows} == {"2026-q3", "2026-q4"}  # no month was ever reported here


def test_each_duty_has_its_next_day_the_nearest_first() -> None:
    found = derived([YEARLY, QUARTERLY, MONTHLY, duty(None, id="dot-xuat"), duty("year", id="khong-han")])
    assert [(row.duty.id, row.period.id, row.due) for row in found.next_due] == [
        ("nam", "2026", date(2026, 12, 4)),
        ("han", "2026-q4", date(2026, 12, 9)),
        ("thang", "2026-12", date(2026, 12, 15)),
    ]


def test_next_days_over_the_year_s_end() -> None:
    found = derived([YEARLY, QUARTERLY, MONTHLY], today=date(2026, 12, 16))
    assert [(row.period.id, row.due) for row in found.next_due] == [
        ("2027-01", date(2027, 1, 15)),
        ("2027-q1", date(2027, 3, 9)),
        ("2027", date(2027, 12, 4)),
    ]


def test_a_report_that_falls_due_after_its_period_is_next_until_that_day() -> None:
    january = duty("year", **before(15, month="1"))
    assert told(derived([january], today=date(2027, 1, 14)).next_due) == [("2026", "2027-01-14", "not_due", 0)]
    assert told(derived([january], today=date(2027, 1, 15)).next_due) == [("2027", "2028-01-14", "not_due", 0)]


def test_what_came_early_is_not_asked_for_again() -> None:
    found = derived([QUARTERLY], report("xa-a", "2026-q4", on="2026-11-20"))
    assert told(found.next_due) == [("2027-q1", "2027-03-09", "not_due", 0)]
    assert told(found.rows) == [("2027-q1", "2027-03-09", "not_due", 0), ("2026-q4", "2026-12-09", "received", 0)]


def test_nothing_is_due_before_the_plan_starts() -> None:
    found = derived([QUARTERLY], starts="01/01/2027")
    assert told(found.next_due) == [("2027-q1", "2027-03-09", "not_due", 0)]


def test_weekends_move_nothing_and_are_noted() -> None:
    found = derived([MONTHLY, YEARLY], today=date(2026, 11, 1))
    sunday, friday = found.next_due
    assert (sunday.due, sunday.due.weekday(), sunday.on_weekend) == (date(2026, 11, 15), 6, True)
    # "before 05/12/2026": the 5th is a Saturday, but the last day in time is the Friday before it
    assert (friday.due, friday.on_weekend, friday.named) == (date(2026, 12, 4), False, date(2026, 12, 5))
    assert sunday.named == sunday.due
    saturday = derived([MONTHLY], today=date(2026, 8, 1)).next_due[0]
    assert (saturday.due, saturday.due.weekday(), saturday.on_weekend) == (date(2026, 8, 15), 5, True)


def test_a_duty_that_holds_only_if_any_is_never_missing() -> None:
    maybe = duty(**before(10), conditional=True)
    found = derived(
        [maybe], report("xa-a", "2026-q1", on="2026-03-12"), report("xa-a", "2026-q3", on="2026-09-01")
    )
    assert told(found.rows) == [
        ("2026-q4", "2026-12-09", "not_due", 0),
        ("2026-q3", "2026-09-09", "received", 0),
        ("2026-q1", "2026-03-09", "late", 3),
    ]
    assert found.next_due[0].duty.conditional


def test_historical_plans_owe_nothing() -> None:
    found = derived([MONTHLY], report("xa-a", "2025-06", on="2025-06-15"), status="historical")
    assert (found.rows, found.next_due) == ((), ())


def test_the_next_days_of_the_real_plans_from_22_11_2026() -> None:
    found = derive_punctuality(project(), reports_by_plan(project()), TODAY)
    days = {
        (plan_id, row.period.id, row.due)
        for plan_id, punctuality in found.items()
        for row in punctuality.next_due
        if not project().is_sample(punctuality.plan)
    }
    assert days == {
        ("dong-thap-van-phong-2025", "2026", date(2026, 12, 4)),
        ("hung-nguyen-nam-2025", "2026-q4", date(2026, 12, 9)),
        ("dong-thap-van-phong-2025", "2026-q4", date(2026, 12, 14)),
    }
    assert all(not found[plan_id].rows for plan_id in found if not project().is_sample(project().plans[plan_id]))

"""Holds the records of activities and the days that are derived from them against days counted by hand."""

from __future__ import annotations

import shutil
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from generators.dataset import load_dataset
from generators.dataset.rules import check_dataset
from generators.derive.activities import derive_activities, is_rule_day, rule_count, rule_days
from generators.pipeline import load_site
from generators.problems import ContentError, Problems
from generators.schema.activity import Activity, DayTime, Repetition, Slogan, read_day_time
from generators.site import Site

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return load_site(root, TODAY, "https://campaign.example/so")[0]


def record(**changes: Any) -> dict[str, Any]:
    """A class on Wednesday evenings, as an editor writes it, with some keys changed or (``None``) left out."""
    written: dict[str, Any] = {
        "id": "lop-toi",
        "title": "Lớp tối",
        "summary": "Học buổi tối.",
        "unit": "xa-mau",
        "kind": "class",
        "starts": "02/12/2026 19:00",
        "ends": "02/12/2026 20:30",
        "repeats": {"every": "week", "until": "06/01/2027"},
        "place_note": "Chưa công bố",
        "status": "confirmed",
        "announced": "01/11/2026",
        "source": {"name": "Thông báo"},
    }
    return {key: value for key, value in {**written, **changes}.items() if value is not None}


def codes(written: dict[str, Any], model: type[Activity] | type[Slogan] = Activity) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        model.model_validate(written)
    return [error["type"] for error in refused.value.errors()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10/10/2026", DayTime(date(2026, 10, 10))),
        ("10/10/2026 08:05", DayTime(date(2026, 10, 10), time(8, 5))),
        ("2026-10-10 8:05", DayTime(date(2026, 10, 10), time(8, 5))),
        ("10/10/2026 8h05", DayTime(date(2026, 10, 10), time(8, 5))),
        ("10/10/2026 23:59", DayTime(date(2026, 10, 10), time(23, 59))),
    ],
)
def test_a_day_and_time_is_read(text: str, expected: DayTime) -> None:
    assert read_day_time(text) == expected


@pytest.mark.parametrize("text", ["10/10/2026 24:00", "10/10/2026 08:60", "08:00", "31/02/2026", "10/2026", "", None])
def test_what_is_no_day_is_refused(text: Any) -> None:
    assert codes(record(starts=text, ends=None) | {"starts": text})[0] in {"bad-moment", "bad-date"}


def test_a_moment_is_in_vietnam() -> None:
    assert read_day_time("10/10/2026 08:00").iso == "2026-10-10T08:00:00+07:00"
    assert read_day_time("10/10/2026").iso == "2026-10-10"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"repeats": {"every": "week"}}, "activity-no-until"),
        ({"ends": "02/12/2026"}, "activity-half-time"),
        ({"ends": "02/12/2026 18:00"}, "activity-ends-first"),
        ({"ends": "02/12/2026 19:00"}, "activity-ends-first"),
        ({"repeats": {"every": "week", "until": "01/12/2026"}}, "activity-ends-first"),
        ({"place_note": None}, "activity-no-place"),
        ({"status": "cancelled"}, "activity-change-unsaid"),
        ({"status": "moved", "status_note": "Vì mưa"}, "activity-change-unsaid"),
        ({"changed": [{"date": "31/10/2026", "what": "Đổi phòng"}]}, "activity-change-order"),
        ({"repeats": {"every": "week", "weekdays": ["monday"], "until": "06/01/2027"}}, "activity-first-day"),
        (
            {"repeats": {"every": "week", "until": "06/01/2027", "skipped": [{"on": "24/12/2026"}]}},
            "activity-not-its-day",
        ),
        (
            {"repeats": {"every": "week", "until": "06/01/2027", "skipped": [{"on": "13/01/2027"}]}},
            "activity-not-its-day",
        ),
        ({"contact": {"body": "UBND", "phone": "12 34"}}, "bad-phone"),
        ({"contact": {"body": "UBND", "email": "mot-cua@"}}, "bad-email"),
    ],
)
def test_what_does_not_fit_together_is_refused(changes: dict[str, Any], code: str) -> None:
    assert codes(record(**changes)) == [code]


def test_contact_points_are_read() -> None:
    contact = {"body": "UBND", "phone": "0239 3855 555", "email": "mot-cua@xa.example"}
    read = Activity.model_validate(record(contact=contact)).contact
    assert read is not None
    assert (read.phone, read.email) == ("0239 3855 555", "mot-cua@xa.example")


def test_a_led_line_holds_forty_characters() -> None:
    slogan = {"id": "x", "text": "Khẩu hiệu", "meaning": "Slogan", "origin": "own"}
    assert Slogan.model_validate({**slogan, "led": ["ỗ" * 40]}).led == ("ỗ" * 40,)
    assert codes({**slogan, "led": ["ỗ" * 41]}, Slogan) == ["led-line-long"]
    assert codes({**slogan, "led": ["x"], "plan": "xa-mau-2025"}, Slogan) == ["slogan-origin"]


def test_a_quoted_slogan_keeps_its_words_on_the_sign() -> None:
    slogan = {"id": "x", "text": "tiên phong, gương mẫu", "meaning": "x", "origin": "quoted", "plan": "xa-mau-2025"}
    assert Slogan.model_validate({**slogan, "led": ["Tiên phong,", "gương mẫu"]}).plan == "xa-mau-2025"
    assert codes({**slogan, "led": ["Cán bộ tiên phong, gương mẫu"]}, Slogan) == ["slogan-led-words"]


def test_a_weekly_class_meets_on_its_weekdays_up_to_its_last_day() -> None:
    repeats = Repetition.model_validate({"every": "week", "weekdays": ["tuesday", "friday"], "until": "15/12/2026"})
    days = list(rule_days(date(2026, 12, 1), repeats, date(2026, 1, 1)))
    assert [day.day for day in days] == [1, 4, 8, 11, 15]


def test_a_yearly_day_without_end_is_followed_to_the_horizon() -> None:
    repeats = Repetition.model_validate({"every": "year"})
    assert list(rule_days(date(2026, 10, 10), repeats, date(2028, 10, 9))) == [date(2026, 10, 10), date(2027, 10, 10)]


def test_29_february_comes_in_leap_years_only() -> None:
    repeats = Repetition.model_validate({"every": "year"})
    assert list(rule_days(date(2024, 2, 29), repeats, date(2033, 1, 1))) == [
        date(2024, 2, 29),
        date(2028, 2, 29),
        date(2032, 2, 29),
    ]


RULES = [
    {"every": "week", "until": "10/12/2026"},
    {"every": "week", "until": "12/09/2026", "weekdays": ["wednesday", "sunday"]},
    {"every": "week", "until": "09/09/2026", "weekdays": ["thursday"]},
    {"every": "year"},
    {"every": "year", "until": "08/09/2028"},
]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("first", [date(2026, 9, 9), date(2024, 2, 29)])
def test_days_are_counted_and_known_one_by_one_as_the_rule_gives_them(first: date, rule: dict[str, Any]) -> None:
    repeats = Repetition.model_validate(rule)
    horizon = date(2033, 3, 1)
    days = list(rule_days(first, repeats, horizon))
    assert rule_count(first, repeats, horizon) == len(days)
    span = (first + timedelta(days=day) for day in range(-9, (horizon - first).days + 1))
    assert [day for day in span if is_rule_day(day, first, repeats)] == days


def test_what_may_be_held_on_a_day_is_all_that_is(site: Site) -> None:
    for series in site.derived.activities.series.values():
        for one in series.occurrences:
            assert series.may_hold(one.starts.day), series.activity.id
            assert series.may_hold(one.last_day), series.activity.id
        assert series.count == len(series.occurrences)
        assert series.activity.repeats or not series.may_hold(series.occurrences[0].starts.day - timedelta(days=1))


def test_skipped_and_changed_days_of_the_sample_class(site: Site) -> None:
    """Wednesdays from 09/09/2026 to 30/06/2027 are 43; two rest at Tết, one meets in the afternoon."""
    series = site.derived.activities.series["xa-mau-lop-buoi-toi"]
    assert len(series.occurrences) == 43
    assert {one.starts.day.weekday() for one in series.occurrences} == {2}
    rests = [one.usual for one in series.occurrences if one.state == "skipped"]
    assert rests == [date(2027, 2, 3), date(2027, 2, 10)]
    moved = [one for one in series.occurrences if one.state == "moved"]
    assert [one.starts.iso for one in moved] == ["2026-12-23T14:00:00+07:00"]
    assert series.coming[0].starts.day == date(2026, 11, 25)
    assert all(one.takes_place for one in series.coming)


def test_a_long_activity_is_coming_until_its_last_day(site: Site) -> None:
    dataset = site.dataset
    for today, over in ((date(2026, 12, 15), False), (date(2026, 12, 16), True)):
        assert derive_activities(dataset, today).series["xa-mau-thi-gia-dinh-so"].over is over


def test_months_hold_each_series_once_and_end_after_a_year(site: Site) -> None:
    calendar = site.derived.activities
    everything = tuple(site.dataset.activities.values())
    months = calendar.coming_months(everything)
    assert (months[0].year, months[0].month) == (2026, 11)
    assert (months[-1].year, months[-1].month) == (2027, 10)
    november = [entry.activity.id for entry in months[0].entries]
    assert november.count("xa-mau-lop-buoi-toi") == 1
    assert [month.month for month in calendar.past_months(everything)] == [10, 9]


def test_without_the_sample_unit_its_activities_are_gone(site: Site) -> None:
    left = site.dataset.without_sample().activities
    assert sorted(left) == ["ngay-hoi-dong-thap-van-phong", "ngay-hoi-ha-tinh-nong-thon-moi"]


def test_real_bodies_have_no_more_than_their_plans_say(site: Site) -> None:
    for activity in site.dataset.without_sample().activities.values():
        assert activity.all_day and activity.status == "planned"
        assert activity.place is None and activity.online is None and activity.contact is None
        assert (activity.starts.day.day, activity.starts.day.month) == (10, 10)


def test_rules_between_files(root: Path, tmp_path: Path) -> None:
    for folder in ("data", "content", "theme_overrides/assets/img"):
        shutil.copytree(root / folder, tmp_path / folder)
    folder = tmp_path / "data/activities"
    sample = (folder / "xa-mau-thi-gia-dinh-so.yml").read_text(encoding="utf-8")
    wrong = sample.replace("unit: xa-mau", "unit: xa-maus").replace("families, students", "familys, students")
    (folder / "sai-ma.yml").write_text(wrong.replace("[gia-dinh-so]", "[gia-dinh-xo]"), encoding="utf-8")
    foreign = sample.replace("https://binhdanhocvuso.gov.vn", "https://binhdanhocvuso.gov.vn.example.com")
    (folder / "lien-ket-la.yml").write_text(foreign, encoding="utf-8")
    (folder / "don-vi-cu.yml").write_text(sample.replace("unit: xa-mau", "unit: vinh-linh"), encoding="utf-8")
    slogans = tmp_path / "data/slogans.yml"
    text = slogans.read_text(encoding="utf-8").replace("Không ai bị bỏ lại phía sau", "Không ai ở nhà")
    slogans.write_text(text, encoding="utf-8")

    problems = Problems()
    try:
        check_dataset(load_dataset(tmp_path, problems), problems)
    except ContentError as error:
        problems = error.problems
    found = {(Path(problem.path).stem, problem.code, problem.near) for problem in problems}
    assert {
        ("sai-ma", "reference-unknown", "xa-mau"),
        ("sai-ma", "reference-unknown", "families"),
        ("sai-ma", "reference-unknown", "gia-dinh-so"),
        ("lien-ket-la", "host-unofficial", ""),
        ("don-vi-cu", "activity-unit-ended", ""),
        ("slogans", "slogan-not-quoted", ""),
    } <= found
    assert not {stem for stem, _, _ in found} - {"sai-ma", "lien-ket-la", "don-vi-cu", "slogans"}

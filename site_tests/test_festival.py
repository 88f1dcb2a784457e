"""Holds the festival's counts of days against days counted by hand, on the server's side and in the browser."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generators.artefact import Page as SitePage
from generators.derive import derive
from generators.derive.festival import FestivalPhase, derive_festival, festival_in
from generators.outputs import calendar, festival
from generators.outputs.festival import planned_parts
from generators.pipeline import load_site
from generators.render.html import Templates
from generators.schema.activity import LED_LINE
from generators.site import Site
from site_tests.browser import note_faults, serving

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return load_site(root, TODAY, "https://campaign.example/so")[0]


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, SitePage]:
    return pages_of(site)


def pages_of(site: Site) -> dict[str, SitePage]:
    rendered = festival.render(site, Templates(site.phrase))
    return {page.address: page for page in rendered if isinstance(page, SitePage)}


def on(site: Site, today: date) -> Site:
    return dataclasses.replace(site, today=today, derived=derive(site.dataset, today))


@pytest.mark.parametrize(
    ("today", "day", "left", "since", "phase"),
    [
        (date(2026, 10, 9), date(2026, 10, 10), 1, 364, "before"),  # the eve
        (date(2026, 10, 10), date(2026, 10, 10), 0, 365, "during"),
        (date(2026, 10, 11), date(2027, 10, 10), 364, 1, "after"),  # the day after
        (date(2026, 10, 31), date(2027, 10, 10), 344, 21, "after"),
        (date(2026, 11, 1), date(2027, 10, 10), 343, 22, "before"),
        (date(2026, 11, 22), date(2027, 10, 10), 322, 43, "before"),
        (date(2026, 12, 31), date(2027, 10, 10), 283, 82, "before"),
        (date(2027, 10, 11), date(2028, 10, 10), 365, 1, "after"),  # over 29/02/2028
        (date(2028, 2, 28), date(2028, 10, 10), 225, 141, "before"),
        (date(2028, 2, 29), date(2028, 10, 10), 224, 142, "before"),
        (date(2028, 3, 1), date(2028, 10, 10), 223, 143, "before"),
        (date(2028, 10, 10), date(2028, 10, 10), 0, 366, "during"),
    ],
)
def test_days_are_counted_right(
    site: Site, today: date, day: date, left: int, since: int, phase: FestivalPhase
) -> None:
    found = derive_festival(site.dataset, today)
    assert (found.day, found.days_left, found.days_since, found.phase) == (day, left, since, phase)


def test_a_day_of_29_february_is_kept_in_leap_years_only(site: Site) -> None:
    settings = site.dataset.campaign
    leap = settings.model_copy(update={"festival": settings.festival.model_copy(update={"day_month": (29, 2)})})
    dataset = dataclasses.replace(site.dataset, campaign=leap)
    assert festival_in(dataset, 2027) is None
    found = derive_festival(dataset, date(2026, 11, 22))
    assert (found.day, found.previous) == (date(2028, 2, 29), date(2024, 2, 29))
    assert derive_festival(dataset, date(2097, 1, 1)).day == date(2104, 2, 29)  # 2100 is no leap year


def test_years_hold_their_own_programme_and_the_sample_apart(site: Site) -> None:
    years = {year.year: year for year in site.derived.festival_years}
    assert list(years) == [2027, 2026]
    for number, year in years.items():
        assert {one.activity.id for one in year.programme} == {
            "ngay-hoi-ha-tinh-nong-thon-moi",
            "ngay-hoi-dong-thap-van-phong",
        }
        assert [one.activity.id for one in year.sample] == [
            f"xa-mau-ngay-hoi-{number}",
            f"xa-mau-ngay-hoi-{number}-tren-mang",
        ]
        assert {one.starts.day for one in (*year.programme, *year.sample)} == {date(number, 10, 10)}


def test_past_years_stay_and_the_next_one_comes_by_itself(site: Site) -> None:
    later = on(site, date(2027, 10, 11))
    assert [year.year for year in later.derived.festival_years] == [2028, 2027, 2026]
    addresses = pages_of(later).keys()
    assert {"/ngay-hoi/2026/", "/ngay-hoi/2027/", "/ngay-hoi/2028/", "/en/festival/2028/"} <= addresses
    assert {"/ngay-hoi/2026/", "/en/festival/2026/"} <= later.page_addresses()


def test_a_weekly_class_on_the_day_stands_in_its_programme(site: Site) -> None:
    weekly = site.dataset.activities["xa-mau-lop-buoi-toi"].model_copy(update={"festival": True})
    dataset = dataclasses.replace(site.dataset, activities={**site.dataset.activities, weekly.id: weekly})
    shown = dataclasses.replace(site, dataset=dataset, derived=derive(dataset, TODAY))
    assert weekly.title.vi not in pages_of(site)["/ngay-hoi/2026/"].body
    assert weekly.title.vi in pages_of(shown)["/ngay-hoi/2026/"].body


def test_no_sample_leaves_the_real_programme(site: Site) -> None:
    bare = dataclasses.replace(site, dataset=site.dataset.without_sample())
    shown = on(bare, TODAY)
    assert all(not year.sample and len(year.programme) == 2 for year in shown.derived.festival_years)
    assert "Xã Mẫu" not in pages_of(shown)["/ngay-hoi/"].body


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 11, 22), "Còn 322 ngày, tính từ 22/11/2026."),
        (date(2026, 10, 10), "Trang này được làm đúng Ngày hội, 10/10/2026."),
        (
            date(2026, 10, 12),
            "Còn 363 ngày, tính từ 12/10/2026. Ngày hội 10/10/2026 đã qua 2 ngày, tính đến 12/10/2026.",
        ),
    ],
)
def test_without_a_script_the_words_name_the_day_they_were_counted_on(site: Site, today: date, words: str) -> None:
    body = pages_of(on(site, today))["/ngay-hoi/"].body
    assert f"data-festival-count>{words}</p>" in body
    assert body.count('<details class="fold festival-phase" open') == 3  # nothing is shut away


def test_what_plans_say_is_shown_with_its_part_of_the_plan(site: Site) -> None:
    parts = {part.plan.id: part for part in planned_parts(site)}
    assert parts.keys() == {"ha-tinh-nong-thon-moi-2025", "dong-thap-van-phong-2025", "vinh-linh-2025"}
    assert {section for _, section in parts["ha-tinh-nong-thon-moi-2025"].points} == {"IV.1.2"}


def test_slogans_fit_led_signs_and_name_their_origin(site: Site, pages: dict[str, SitePage]) -> None:
    assert len(site.dataset.slogans) >= 8
    for slogan in site.dataset.slogans.values():
        assert all(0 < len(line) <= LED_LINE for line in slogan.led)
    body = pages["/ngay-hoi/"].body
    assert 'lang="vi">Không ai bị bỏ lại phía sau</span> <span class="meta">(27 ký tự)</span>' in body
    assert "Trích kế hoạch:" in body and "Trang này tự viết" in body


def test_every_page_has_its_twin(pages: dict[str, SitePage]) -> None:
    for page in pages.values():
        assert pages[page.twin].twin == page.address
        assert page.lang != pages[page.twin].lang


# --- in the browser


@pytest.fixture(scope="module")
def served(site: Site, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Bare pages of the festival and the calendar with the project's own styles and scripts, without a whole build."""
    folder = tmp_path_factory.mktemp("festival")
    shutil.copytree(root / "theme_overrides/assets", folder / "assets")
    templates = Templates(site.phrase)
    for page in (*festival.render(site, templates), *calendar.render(site, templates)):
        if isinstance(page, SitePage):
            base = "/".join([".."] * (page.address.count("/") - 1))
            style = f'<link rel="stylesheet" href="{base}/assets/css/site.css"><link rel="icon" href="data:,">'
            (folder / page.path).parent.mkdir(parents=True, exist_ok=True)
            html = f'<!doctype html><html lang="{page.lang}"><title>x</title>{style}<body>{page.body}</body></html>'
            (folder / page.path).write_text(html, encoding="utf-8")
    with serving(folder) as address:
        yield address


# What a reader sees at an instant: the day shown, the count, the part of the page that is open.
INSTANTS = [
    ("2026-11-22T05:00:00Z", "10/10/2027", "Còn 322 ngày nữa.", "before"),
    ("2027-10-08T16:59:59Z", "10/10/2027", "Còn 2 ngày nữa.", "before"),
    ("2027-10-08T17:00:00Z", "10/10/2027", "Ngày mai là Ngày hội!", "before"),
    ("2027-10-09T16:59:59Z", "10/10/2027", "Ngày mai là Ngày hội!", "before"),  # a second to midnight in Vietnam
    ("2027-10-09T17:00:00Z", "10/10/2027", "Hôm nay là Ngày hội! Mời cả nhà cùng học.", "during"),
    ("2027-10-10T16:59:59Z", "10/10/2027", "Hôm nay là Ngày hội! Mời cả nhà cùng học.", "during"),
    ("2027-10-10T17:00:00Z", "10/10/2028", "Còn 365 ngày nữa. Ngày hội 10/10/2027 là hôm qua.", "after"),
    ("2027-10-31T12:00:00Z", "10/10/2028", "Còn 345 ngày nữa. Ngày hội 10/10/2027 đã qua 21 ngày.", "after"),
    ("2027-10-31T17:00:00Z", "10/10/2028", "Còn 344 ngày nữa.", "before"),
    ("2028-02-29T03:00:00Z", "10/10/2028", "Còn 224 ngày nữa.", "before"),
]


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "America/Los_Angeles", "Pacific/Auckland"])
def test_the_script_counts_by_the_clock_of_vietnam_wherever_the_device_is(
    chromium: Browser, served: str, zone: str
) -> None:
    """One page is left open all the while, and counts anew whenever the reader comes back to it."""
    context = chromium.new_context(timezone_id=zone, reduced_motion="reduce")
    faults: list[str] = []
    opened = context.new_page()
    note_faults(opened, faults)
    opened.clock.set_fixed_time("2026-11-01T05:00:00Z")
    opened.goto(f"{served}/ngay-hoi/")
    for instant, *expected in INSTANTS:
        opened.clock.set_fixed_time(instant)
        opened.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        seen = opened.evaluate(
            """() => [
                document.querySelector("[data-festival-date]").textContent,
                document.querySelector("[data-festival-count]").textContent,
                [...document.querySelectorAll("[data-festival-phase][open]")]
                    .filter((part) => !part.querySelector("[data-festival-now]").hidden)
                    .map((part) => part.dataset.festivalPhase).join(),
            ]"""
        )
        assert seen == expected, instant
    context.close()
    assert not faults


def test_the_english_page_counts_in_english(page: Page, served: str) -> None:
    page.clock.set_fixed_time("2027-10-12T03:00:00Z")
    page.goto(f"{served}/en/festival/")
    assert page.text_content("[data-festival-date]") == "10 October 2028"
    assert page.text_content("[data-festival-count]") == "364 days to go. The day of 10 October 2027 was 2 days ago."


def test_without_javascript_everything_is_there(chromium: Browser, served: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{served}/ngay-hoi/")
    assert opened.text_content("[data-festival-count]") == "Còn 322 ngày, tính từ 22/11/2026."
    assert opened.locator("[data-festival-phase] li:visible").count() == 12
    assert opened.locator("[data-festival-now]:visible").count() == 0
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_calendar_can_be_filtered_with_and_without_javascript(
    chromium: Browser, served: str, scripts: bool
) -> None:
    context = chromium.new_context(java_script_enabled=scripts)
    opened = context.new_page()
    opened.goto(f"{served}/lich/")
    everything = opened.locator(".agenda-entry:visible").count()
    opened.locator("input[value=market]").check(force=True)
    assert opened.locator(".agenda-entry:visible").all_text_contents()[0].count("Phiên chợ số 4T") == 1
    assert opened.locator(".agenda-entry:visible").count() == 1 < everything
    assert opened.locator(".agenda-month:visible").count() == 1
    assert opened.locator("[data-filter-count]").is_visible() is scripts
    if scripts:
        total = opened.locator(".agenda-entry").count()
        assert opened.text_content("[data-filter-count]") == f"Đang xem 1 trong {total} mục"
        assert opened.url.endswith("?group=market")
    context.close()

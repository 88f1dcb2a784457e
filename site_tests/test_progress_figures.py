"""What progress says: one figure followed through every place, states in words, the task board, counts of models.

All expectations were worked out by hand from the small plans and reports below.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from generators.dataset import LANGUAGES, Dataset
from generators.derive import derive
from generators.derive.progress import TargetProgress
from generators.derive.taskboard import TaskState
from generators.outputs import indicators, progress
from generators.problems import Language
from generators.render.html import Templates
from generators.render.share_image import draw_share
from generators.render.tables import Table
from generators.render.trend_chart import TrendChart, draw_trend
from generators.schema.plan import Plan
from generators.schema.progress import ProgressReport
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling.progress_figures import (
    bar_scale,
    comparison_chart,
    contributions_table,
    on_bar,
    readings_table,
    trend_chart,
    unit_share,
)
from generators.telling.progress_words import (
    correction_text,
    headline,
    index_headline,
    latest_sentence,
    next_due_sentence,
    pace_facts,
    reporting_units,
    rollup_sentence,
    rule_sentence,
    shown_state,
    trend_sentence,
    unit_targets,
)
from site_tests import progress_records as make

TODAY = date(2026, 8, 1)


def _dataset(units: Sequence[Unit], plans: Sequence[Plan], reports: Sequence[ProgressReport] = ()) -> Dataset:
    """The project's settings with these records only; nothing else of the real project speaks about its units."""
    return replace(make.dataset(units, plans, reports), activities={}, news=(), narratives={}, press={})


def _site(data: Dataset, today: date = TODAY) -> Site:
    return Site(data, derive(data, today), today, "https://vi-du.example/")


def _one_unit(*reports: ProgressReport, sample: bool = False, today: date = TODAY, **target: Any) -> Site:
    unit = make.unit("xa-a", "sample" if sample else "commune", short="Xã A", sample=sample)
    unit = unit.model_copy(update={"name": unit.name.model_copy(update={"en": "xa-a"})})  # so that it has English pages
    plan = make.plan("ke-hoach-a", "xa-a", [make.target("muc", **target)])
    return _site(_dataset([unit], [plan], reports), today)


def _only(site: Site) -> TargetProgress:
    return unit_targets(site, site.dataset.units["xa-a"])[0]


def _trend(site: Site) -> TrendChart | None:
    only = _only(site)
    return trend_chart(site, only, readings_table(site, only, "vi"), "vi")


def _quarters(*counts: tuple[str, int, int], **more: Any) -> tuple[ProgressReport, ...]:
    readings = ((period, make.reading("muc", reached, of, **more)) for period, reached, of in counts)
    return tuple(make.report("xa-a", period, reading) for period, reading in readings)


def _rows(content: str | bytes) -> list[list[str]]:
    assert isinstance(content, bytes)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize(("lang", "figure"), [("vi", "83,73%"), ("en", "83.73%")])
def test_one_figure_is_the_same_wherever_it_stands(
    lang: Language, figure: str, said_in_pictures: list[str]
) -> None:
    """211 of 252 is 83,7301…%: point, page, sentence, chart, its table and CSV, the unit's CSV, share image, alt."""
    site = _one_unit(*_quarters(("2026-q1", 100, 250), ("2026-q2", 211, 252)), sample=True)
    only = _only(site)
    assert only.latest is not None
    assert only.latest.shown == Decimal("83.73")
    assert latest_sentence(site, only, lang).startswith(figure)

    chart = trend_chart(site, only, readings_table(site, only, lang), lang)
    assert chart is not None
    assert figure in chart.title and figure in chart.sentence
    assert chart.points[-1].text == figure
    assert f">{figure}</text>" in draw_trend(chart).replace("\n", "")
    assert chart.table.rows[0][1] == figure
    assert _rows(chart.csv())[1][1] == figure

    made = list(progress.render(site, Templates(site.phrase)))
    page = next(one for one in made if one.path == f"{'en/progress' if lang == 'en' else 'tien-do'}/xa-a/index.html")
    assert page.body.count(figure) >= 5  # bar, title, sentence, drawing, table
    folder = page.path.removesuffix("index.html")
    (file,) = (one for one in made if one.path.startswith(folder) and one.path.endswith(".csv"))
    assert [row[4] for row in _rows(file.content)[1:]] == [figure, "40%"]

    share = unit_share(site, site.dataset.units["xa-a"], lang)
    assert share is not None
    draw_share(share)
    assert figure in said_in_pictures and figure in share.alt
    assert page.image == share.address and page.image_alt == share.alt


def test_a_sample_says_so_in_chart_share_image_and_csv() -> None:
    reports = _quarters(("2026-q1", 100, 250), ("2026-q2", 211, 252))
    for sample in (True, False):
        site = _one_unit(*reports, sample=sample)
        chart, share = _trend(site), unit_share(site, site.dataset.units["xa-a"], "vi")
        assert chart is not None and share is not None
        assert bool(chart.mark) is sample and bool(share.mark) is sample
        assert ("Số liệu minh họa" in share.alt) is sample
        made = progress.render(site, Templates(site.phrase))
        rows = next(_rows(one.content) for one in made if one.path == "tien-do/xa-a/so-lieu.csv")
        assert {row[-1] for row in rows[1:]} == ({"Số liệu minh họa"} if sample else {""})


def test_a_silent_quarter_is_a_gap_in_chart_and_table() -> None:
    site = _one_unit(*_quarters(("2025-q3", 10, 100), ("2026-q1", 30, 100), ("2026-q2", 40, 100)))
    chart = _trend(site)
    assert chart is not None
    assert [(point.name, point.value, point.follows) for point in chart.points] == [
        (("Q3", "2025"), Decimal(10), False),
        (("Q4", "2025"), None, False),
        (("Q1", "2026"), Decimal(30), False),
        (("Q2", "2026"), Decimal(40), True),
    ]
    assert [row[1] for row in chart.table.rows] == ["40%", "30%", "Chưa có số liệu", "10%"]


def test_a_reading_is_put_into_words_once_for_page_chart_and_files(monkeypatch: pytest.MonkeyPatch) -> None:
    site = _one_unit(*_quarters(("2026-q1", 30, 100), ("2026-q2", 40, 100)))
    told = 0

    def counted(*values: Any) -> Table:
        nonlocal told
        told += 1
        return readings_table(*values)

    monkeypatch.setattr(progress, "readings_table", counted)
    made = [one.path for one in progress.render(site, Templates(site.phrase))]
    assert told == 2, "once in each language"
    assert {"tien-do/xa-a/index.html", "tien-do/xa-a/so-lieu.csv", "bieu-do/tien-do-ke-hoach-a-muc-vi.csv"} <= {*made}


def test_a_withheld_reading_is_a_gap_that_says_so() -> None:
    site = _one_unit(
        *_quarters(("2026-q1", 30, 100)),
        make.report("xa-a", "2026-q2", {"target": "muc", "state": "withheld"}),
    )
    table = readings_table(site, _only(site), "vi")
    assert table.rows[0][1:4] == ("Chưa có số liệu", "", "Chưa công bố")
    assert _trend(site) is None


@pytest.mark.parametrize(
    ("counts", "lang", "sentence"),
    [
        ([("2026-q1", 40, 100), ("2026-q2", 50, 100)], "vi", "Tăng 10 điểm phần trăm so với quý 1 năm 2026."),
        ([("2026-q1", 50, 100), ("2026-q2", 475, 1000)], "vi", "Giảm 2,5 điểm phần trăm so với quý 1 năm 2026."),
        ([("2026-q1", 50, 100), ("2026-q2", 500, 1000)], "en", "Unchanged since quarter 1 of 2026."),
        ([("2026-q1", 50, 100)], "vi", ""),
    ],
)
def test_the_trend_in_words(counts: list[tuple[str, int, int]], lang: Language, sentence: str) -> None:
    site = _one_unit(*_quarters(*counts))
    assert trend_sentence(site, _only(site), lang) == sentence


def test_a_count_is_written_with_its_unit_and_has_a_bar_longer_than_its_target() -> None:
    counts = (("2026-q1", 120), ("2026-q2", 1430))
    reports = [make.report("xa-a", period, make.reading("muc", count)) for period, count in counts]
    site = _one_unit(*reports, at_least="2.000 người")
    only = _only(site)
    assert latest_sentence(site, only, "vi") == (
        "1.430 người, theo báo cáo quý 2 năm 2026 (số chính thức). Tăng 1.310 người so với quý 1 năm 2026."
    )
    assert latest_sentence(site, only, "en").startswith("1,430 people, by the report")
    assert bar_scale(only) == 2200
    assert on_bar(only, Decimal(1100)) == 50
    assert on_bar(only, None) is None


def test_the_calculation_is_printed_step_by_step() -> None:
    """30 of 100 on 30/06, target 80% by 31/12, from 01/01: way 37,5%, time 180/364 = 49,45%, pace 0,76."""
    site = _one_unit(*_quarters(("2026-q2", 30, 100)))
    facts = {fact["label"]: fact["value"] for fact in pace_facts(site, _only(site), "vi")}
    assert facts["Phần đường đã đi"] == "(30 − 0) ÷ (80 − 0) = 37,50%"
    assert facts["Phần thời gian đã qua"] == "180 ngày trên 364 ngày = 49,45%"
    assert facts["Nhịp"] == "37,50% ÷ 49,45% = 0,76"
    assert facts["Mốc bắt đầu"] == "0%, vì kế hoạch không ghi mốc"
    assert facts["Quy tắc"] == "Nhịp từ 0,60 đến dưới 0,95."
    assert pace_facts(_one_unit(), _only(_one_unit()), "vi") == []


def test_a_fall_below_the_base_shows_a_minus() -> None:
    baseline = {"at": "50%", "on": "01/01/2026", "source": "khảo sát"}
    site = _one_unit(*_quarters(("2026-q2", 41, 100)), baseline=baseline)
    facts = {fact["label"]: fact["value"] for fact in pace_facts(site, _only(site), "vi")}
    assert facts["Phần đường đã đi"] == "(41 − 50) ÷ (80 − 50) = −30,00%"
    assert facts["Mốc bắt đầu"] == "50% (khảo sát)"


def test_a_year_that_ended_without_its_last_figure_is_told_apart_from_silence() -> None:
    site = _one_unit(*_quarters(("2025-q2", 30, 100)), year="2025", today=date(2026, 2, 1))
    only = _only(site)
    assert (only.state, shown_state(only)) == ("no_data", "final_missing")
    unit = site.dataset.units["xa-a"]
    assert headline(site, unit, [only], "vi") == "Xã A có 1 chỉ tiêu: 1 thiếu số cuối năm."
    assert "Năm 2025 đã qua mà chưa có số cuối năm" in latest_sentence(site, only, "vi")
    assert shown_state(_only(_one_unit())) == "no_data"


def test_cut_offs_in_rules_come_from_the_settings() -> None:
    site = _one_unit()
    changed = site.dataset.campaign.thresholds.model_copy(update={"on_track": Decimal("0.9")})
    assert rule_sentence(site, "on_track", changed, "vi").startswith("Nhịp từ 0,90 trở lên")
    assert rule_sentence(site, "on_track", changed, "en").startswith("The pace is 0.90 or more")


def test_corrections_say_what_stood_there_before() -> None:
    correction = {"date": "15/01/2026", "reached": "6988", "of": "8400", "reason": "Cộng hai lần."}
    site = _one_unit(*_quarters(("2026-q1", 6888, 8400), corrections=[correction]))
    point = _only(site).points[0]
    assert correction_text(site, point, "vi") == "Đã sửa ngày 15/01/2026: trước đó ghi 6.988 trên 8.400. Cộng hai lần."


def test_headlines_count_states_and_never_say_zero() -> None:
    unit = make.unit("xa-a", short="Xã A")
    targets = [make.target("a"), make.target("b", "90%"), make.target("c", None), make.target("d")]
    plan = make.plan("ke-hoach-a", "xa-a", targets)
    report = make.report("xa-a", "2026-q2", make.reading("a", 85, 100), make.reading("b", 10, 100))

    def said(*reports: ProgressReport, lang: Language = "vi") -> str:
        site = _site(_dataset([unit], [plan], reports))
        return headline(site, unit, unit_targets(site, unit), lang)

    assert said(report) == "Xã A đã đạt 1 trên 4 chỉ tiêu. Còn lại: 1 chậm, 1 chỉ nói bằng lời và 1 chưa có số liệu."
    assert said(report, lang="en") == (
        "Xã A has met 1 of 4 targets. The others: behind (1), in words only (1) and no figures yet (1)."
    )
    assert said() == "Xã A có 4 chỉ tiêu, chưa có số liệu nào."
    full = make.report("xa-a", "2026-q2", *(make.reading(name, 95, 100) for name in ("a", "b", "d")))
    assert said(full) == "Xã A đã đạt 3 trên 4 chỉ tiêu. Còn lại: 1 chỉ nói bằng lời."
    site = _site(_dataset([unit], [], ()))
    assert headline(site, unit, (), "vi") == "Trang này chưa có kế hoạch của Xã A."


def _three(reports: Sequence[ProgressReport] = ()) -> Site:
    units = [make.unit("xa-y", short="Xã Ý"), make.unit("xa-b", short="Xã Bằng"), make.unit("xa-a", short="Xã Ăn")]
    plans = [make.plan(f"ke-hoach-{one.id}", one.id, [make.target("muc")]) for one in units]
    return _site(_dataset(units, plans, reports))


def test_units_are_listed_by_vietnamese_name_and_not_ranked() -> None:
    reports = [
        make.report("xa-y", "2026-q2", make.reading("muc", 99, 100)),
        make.report("xa-b", "2026-q2", make.reading("muc", 10, 100)),
    ]
    site = _three(reports)
    listed = [(unit.id, known) for unit, known in reporting_units(site)]
    assert listed == [("xa-a", False), ("xa-b", True), ("xa-y", True)]
    assert index_headline(site, "vi") == "2 trên 3 đơn vị có kế hoạch đã báo cáo."
    assert index_headline(_three(), "vi") == "Chưa đơn vị nào trong 3 đơn vị có kế hoạch gửi báo cáo."


def test_a_rollup_names_who_is_missing_and_adds_people_only() -> None:
    reports = [
        make.report("xa-y", "2026-q2", make.reading("muc", 30, 40)),
        make.report("xa-b", "2026-q2", make.reading("muc", percent="99%")),
    ]
    site = _three(reports)
    rollup = site.derived.rollups["officials-digital-skills"]
    assert rollup_sentence(site, rollup, "vi") == (
        "2 trên 3 đơn vị đã báo cáo. Cộng lại: 30 trên 40, tức 75% (từ 1 đơn vị có số người). "
        "Chỉ có tỷ lệ nên không cộng: Xã Bằng. Chưa có số liệu: Xã Ăn."
    )
    chart = comparison_chart(site, rollup, "vi")
    assert chart is not None
    shown = {group.heading: (group.bars[0].text, group.bars[0].target) for group in chart.groups}
    assert shown == {"Xã Ý": ("75%", Decimal(80)), "Xã Bằng": ("99%", Decimal(80))}
    rows = {row[0]: row[1] for row in contributions_table(site, rollup, "vi").rows}
    assert rows == {"Xã Ý": "75%", "Xã Bằng": "99%", "Xã Ăn": "Chưa có số liệu"}


def test_a_crowd_of_missing_units_is_counted_after_the_first_ten() -> None:
    units = [make.unit(f"xa-{number}", short=f"Xã {number}") for number in range(1, 15)]
    plans = [make.plan(f"ke-hoach-{one.id}", one.id, [make.target("muc")]) for one in units]

    def said(count: int) -> str:
        site = _site(_dataset(units[:count], plans[:count]))
        return rollup_sentence(site, site.derived.rollups["officials-digital-skills"], "vi")

    assert said(12).endswith("Xã 11 và Xã 12.")
    assert said(14).endswith("Xã 9, Xã 10 và 4 đơn vị khác.")


def test_a_rollup_without_reports_says_nobody_and_draws_nothing() -> None:
    site = _three()
    rollup = site.derived.rollups["officials-digital-skills"]
    assert rollup_sentence(site, rollup, "en").startswith("None of 3 units has reported yet.")
    assert comparison_chart(site, rollup, "vi") is None
    assert comparison_chart(_three([make.report("xa-y", "2026-q2", make.reading("muc", 1, 2))]), rollup, "vi") is None


def _task(name: str, **when: Any) -> dict[str, Any]:
    return {"id": name, "section": "IV", "text": "việc", "when": when}


@pytest.mark.parametrize(
    ("when", "said", "today", "state"),
    [
        ({"due": "31/08/2026"}, None, date(2026, 8, 1), "soon"),  # 30 days: a date is a date, reported or not
        ({"due": "31/08/2026"}, None, date(2026, 7, 31), "unknown"),
        ({"due": "31/08/2026"}, "in_progress", date(2026, 7, 31), "doing"),
        ({"due": "31/08/2026"}, "not_started", date(2026, 8, 31), "soon"),
        ({"due": "31/08/2026"}, "in_progress", date(2026, 9, 1), "overdue"),
        ({"due": "31/08/2026"}, "done", date(2026, 9, 1), "done"),
        ({"due": "31/08/2026"}, None, date(2026, 9, 1), "unknown"),  # silence proves nothing
        ({}, "not_started", date(2026, 9, 1), "todo"),
        ({}, None, date(2026, 9, 1), "unknown"),
        ({"yearly": "10/10"}, "done", date(2026, 11, 1), "done"),
        ({"yearly": "10/10"}, "in_progress", date(2026, 11, 1), "overdue"),
        ({"yearly": "10/10"}, "done", date(2027, 5, 1), "unknown"),  # last year's festival is over
        ({"yearly": "29/02"}, None, date(2027, 2, 28), "soon"),
    ],
)
def test_the_task_board(when: dict[str, str], said: str | None, today: date, state: TaskState) -> None:
    unit = make.unit("xa-a")
    plan = make.plan("ke-hoach-a", "xa-a", [make.target("muc")], tasks=[_task("viec", **when)])
    tasks = [{"task": "viec", "status": said}] if said else []
    data = _dataset([unit], [plan], [make.report("xa-a", "2026-q2", tasks=tasks)])
    (standing,) = derive(data, today).task_boards["ke-hoach-a"]
    assert standing.state == state


def test_a_historical_plan_has_no_board_and_no_next_report() -> None:
    unit = make.unit("xa-a")
    plan = make.plan("ke-hoach-a", "xa-a", [make.target("muc")], tasks=[_task("viec")], status="historical")
    site = _site(_dataset([unit], [plan]))
    assert site.derived.task_boards["ke-hoach-a"] == ()
    assert next_due_sentence(site, (), plan, "vi") == "Đây là văn bản lịch sử, không còn kỳ báo cáo nào."


def test_counts_of_models_keep_the_last_and_the_one_before() -> None:
    def count(value: str | None) -> dict[str, Any]:
        known = {"value": value} if value else {"state": "not_reported"}
        return {"model": "dai-su-so", "measure": "ambassadors", **known}

    unit, plan = make.unit("xa-a"), make.plan("ke-hoach-a", "xa-a", [make.target("muc")])
    values = (("2025-q4", "38"), ("2026-q1", None), ("2026-q2", "52"))
    reports = [make.report("xa-a", period, models=[count(value)]) for period, value in values]
    (one,) = derive(_dataset([unit], [plan], reports), TODAY).outreach["ke-hoach-a"]
    assert (one.reading.value, one.report.period.id) == (52, "2026-q2")
    assert one.before is not None and one.before_report is not None
    assert (one.before.value, one.before_report.period.id) == (38, "2025-q4")


def test_a_unit_without_figures_has_no_share_image_of_its_own() -> None:
    site = _one_unit()
    assert all(unit_share(site, site.dataset.units["xa-a"], lang) is None for lang in LANGUAGES)


def test_an_indicator_page_compares_drawn_units_in_a_file_too() -> None:
    reports = [make.report(name, "2026-q2", make.reading("muc", 1, 3)) for name in ("xa-y", "xa-b")]
    site = _three(reports)
    made = {one.path: one for one in indicators.render(site, Templates(site.phrase))}
    page = made["tien-do/chi-so/officials-digital-skills/index.html"]
    assert page.body.count("33,33%") >= 4
    assert "bieu-do/chi-so-officials-digital-skills-vi.svg" in made
    rows = _rows(made["tien-do/chi-so/officials-digital-skills/so-lieu.csv"].content)
    assert [row[1] for row in rows[1:]].count("33,33%") == 2

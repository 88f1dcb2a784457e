"""Each mistake that a report can hold, its exact place and sentence; and that right reports are left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generators.dataset import Dataset
from generators.dataset.loading import Loader
from generators.dataset.report_rules import check_press, check_reports
from generators.dataset.reports import load_reports
from generators.dataset.rules import check_loops
from generators.problems import Problems
from generators.schema.plan import Plan
from generators.schema.press import PressFigure
from generators.schema.unit import Unit
from generators.source import Source
from site_tests.progress_records import plan, project, target, unit

TODAY = date(2026, 11, 22)
HEAD = """\
unit: xa-a
period: {period}
reported_on: {on}
source: {{document: Báo cáo, date: {on}}}
"""

Check = Callable[..., list[str]]


def unit_a(**more: Any) -> Unit:
    return unit("xa-a", website="https://xa-a.example.gov.vn", **more)


def plan_a(name: str = "ke-hoach-a", **more: Any) -> Plan:
    targets = [
        target("officials-2026"),
        target("standard-2026", indicator="officials-course-standard"),
        target("traders-2026", "500 người", group="traders", indicator="adults-digital-skills"),
    ]
    tasks = [{"id": "staff-classes", "section": "I", "text": "mở lớp"}]
    return plan(name, "xa-a", targets, tasks=tasks, **more)


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Writes reports under `data/progress/`, reads them as the program does, and gives the printed problems."""

    def run(
        files: dict[str, str], *, units: list[Unit] | None = None, plans: list[Plan] | None = None, lang: str = "vi"
    ) -> list[str]:
        for name, text in files.items():
            path = tmp_path / "data/progress" / f"{name}.yml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        problems = Problems()
        loader = Loader(tmp_path, problems)
        reports = load_reports(loader)
        known = {one.id: one for one in ([plan_a()] if plans is None else plans)}
        own = {one.id: one for one in ([unit_a()] if units is None else units)}
        paths = [f"data/plans/{name}.yml" for name in known]
        loader.sources.update({path: Source(path, {}, "id: x\n") for path in paths})
        made = {"units": own, "plans": known, "reports": reports, "sources": loader.sources}
        if not problems.errors:
            check_reports(Dataset(**{**project().__dict__, **made}), problems, TODAY)
        return [problem.as_text("en" if lang == "en" else "vi") for problem in problems]

    return run


def q1(body: str, period: str = "2026-q1", on: str = "09/03/2026") -> str:
    return HEAD.format(period=period, on=on) + body


def one_reading(body: str) -> str:
    return q1("readings:\n  - " + body.replace("\n", "\n    ") + "\n")


AT = "data/progress/2026-q1/xa-a.yml"

WRONG = {
    "unknown target": (
        one_reading("target: official-2026\nreached: 41\nof: 45"),
        (f'{AT}:6:5  [target-unknown]  Chỉ tiêu "official-2026" không có trong kế hoạch ke-hoach-a. '
        'Có phải "officials-2026"?'),
    ),
    "more than all": (
        one_reading("target: officials-2026\nreached: 1046\nof: 45"),
        f"{AT}:7:14  [reading-over]  Số đạt 1.046 lớn hơn tổng số 45.",
    ),
    "percent that is not that of the counts": (
        one_reading("target: officials-2026\nreached: 41\nof: 45\npercent: 92%"),
        f"{AT}:9:14  [reading-percent-counts]  Báo cáo ghi 92%, nhưng 41 trên 45 là 91,11%.",
    ),
    "percent rounded upwards": (
        one_reading("target: officials-2026\nreached: 41\nof: 45\npercent: 91,2%"),
        f"{AT}:9:14  [reading-percent-counts]  Báo cáo ghi 91,2%, nhưng 41 trên 45 là 91,11%.",
    ),
    "total of nought": (
        one_reading("target: officials-2026\nreached: 0\nof: 0"),
        (f"{AT}:8:9  [reading-of-zero]  Tổng số là 0 (số đạt 0). Nếu không có ai để tính, hãy bỏ hai số này và ghi "
        "state: not_applicable."),
    ),
    "another measure": (
        one_reading("target: standard-2026\nreached: 41\nof: 45\nmeasure: skills"),
        (f'{AT}:9:14  [reading-measure]  Báo cáo đo theo cách "skills", còn chỉ tiêu "standard-2026" đo theo cách '
        '"standard". Hai cách đo này không thay nhau được.'),
    ),
    "a measure that does not exist": (
        one_reading("target: standard-2026\nreached: 41\nof: 45\nmeasure: standart"),
        f'{AT}:9:14  [reference-unknown]  Không có cách đo nào mang mã "standart". Có phải "standard"?',
    ),
    "a count target with a percentage only": (
        one_reading("target: traders-2026\npercent: 24%"),
        (f'{AT}:7:14  [reading-needs-count]  Chỉ tiêu "traders-2026" đếm số lượng (500 người), nhưng báo cáo chỉ ghi '
        'tỷ lệ 24%. Hãy ghi số đạt vào "reached".'),
    ),
    "a percent target with a count only": (
        one_reading("target: officials-2026\nreached: 1041"),
        (f'{AT}:7:14  [reading-needs-of]  Chỉ tiêu "officials-2026" tính bằng tỷ lệ (80%), nhưng chỉ có số đạt 1.041. '
        'Hãy ghi thêm tổng số vào "of".'),
    ),
    "parts that do not add up": (
        one_reading(
            "target: officials-2026\nreached: 41\nof: 45\nparts:\n"
            "  - {name: A, reached: 20, of: 20}\n  - {name: B, reached: 20, of: 25}"
        ),
        f"{AT}:7:14  [reading-parts-reached]  Các phần cộng lại được 40, nhưng số đạt chung ghi 41.",
    ),
    "totals of parts that do not add up": (
        one_reading(
            "target: officials-2026\nreached: 41\nof: 45\nparts:\n"
            "  - {name: A, reached: 20, of: 20}\n  - {name: B, reached: 21, of: 24}"
        ),
        f"{AT}:8:9  [reading-parts-of]  Tổng số của các phần cộng lại được 44, nhưng tổng số chung ghi 45.",
    ),
    "a part with more than all": (
        one_reading(
            "target: officials-2026\nreached: 41\nof: 45\nparts:\n"
            "  - {name: A, reached: 21, of: 20}\n  - {name: B, reached: 20, of: 25}"
        ),
        f"{AT}:10:28  [reading-over]  Số đạt 21 lớn hơn tổng số 20.",
    ),
    "parts without a whole": (
        one_reading("target: officials-2026\npercent: 50%\nparts:\n  - {name: A, reached: 21}"),
        (f'{AT}:9:7  [reading-parts-alone]  Các phần cộng lại được 21, nhưng thiếu số đạt chung. Hãy ghi "reached: 21" '
        "nếu đúng."),
    ),
    "a target twice": (
        q1("readings:\n  - {target: officials-2026, reached: 1, of: 45}\n"
           "  - {target: officials-2026, reached: 2, of: 45}\n"),
        (f'{AT}:7:6  [reading-twice]  Chỉ tiêu "officials-2026" đã có ở trên trong báo cáo này. Mỗi chỉ tiêu chỉ ghi '
        "một lần."),
    ),
    "a correction without the old figure": (
        one_reading("target: officials-2026\nreached: 41\nof: 45\ncorrections:\n  - {date: 01/04/2026, reason: sai}"),
        f"{AT}:10:9  [correction-empty]  Lần sửa này thiếu con số cũ. Hãy ghi số trước khi sửa.",
    ),
    "a correction that changed nothing": (
        one_reading(
            "target: officials-2026\nreached: 41\nof: 45\ncorrections:\n"
            "  - {date: 01/04/2026, reached: 41, of: 45, reason: sai}"
        ),
        f"{AT}:10:9  [correction-same]  Lần sửa này ghi con số cũ là 41/45, bằng đúng con số mới.",
    ),
    "a correction before the report": (
        one_reading(
            "target: officials-2026\nreached: 41\nof: 45\ncorrections:\n"
            "  - {date: 08/03/2026, reached: 40, of: 45, reason: sai}"
        ),
        f"{AT}:10:16  [correction-early]  Ngày sửa 08/03/2026 đứng trước ngày gửi báo cáo 09/03/2026.",
    ),
    "evidence on any site": (
        one_reading(
            "target: officials-2026\nreached: 41\nof: 45\nevidence:\n"
            "  - {text: A, url: https://xa-a.example.gov.vn/a}\n  - {text: B, url: https://example.com/b}"
        ),
        (f'{AT}:11:24  [host-unofficial]  Địa chỉ "https://example.com/b" không nằm trong danh sách tên miền chính '
        "thức (data/campaign.yml)."),
    ),
    "an unknown task": (
        q1("tasks:\n  - {task: staff-class, status: done}\n"),
        (f'{AT}:6:6  [task-unknown]  Nhiệm vụ "staff-class" không có trong kế hoạch ke-hoach-a. '
        'Có phải "staff-classes"?'),
    ),
    "a task twice": (
        q1("tasks:\n  - {task: staff-classes, status: done}\n  - {task: staff-classes, status: done}\n"),
        (f'{AT}:7:6  [task-twice]  Nhiệm vụ "staff-classes" đã có ở trên trong báo cáo này. Mỗi nhiệm vụ chỉ ghi một '
        "lần."),
    ),
    "an unknown model": (
        q1("models:\n  - {model: cho-so, measure: traders-trained, value: 1}\n"),
        f'{AT}:6:13  [reference-unknown]  Không có mô hình nào mang mã "cho-so". Có phải "cho-so-4t"?',
    ),
    "an unknown measure of a model": (
        q1("models:\n  - {model: cho-so-4t, measure: trader-trained, value: 1}\n"),
        (f'{AT}:6:33  [outreach-measure-unknown]  Mô hình "cho-so-4t" không có số đo nào mang mã "trader-trained". '
        'Có phải "traders-trained"?'),
    ),
    "a measure of a model twice": (
        q1("models:\n  - {model: cho-so-4t, measure: traders-trained, value: 1}\n"
           "  - {model: cho-so-4t, measure: traders-trained, value: 2}\n"),
        (f'{AT}:7:5  [outreach-twice]  Số đo "cho-so-4t, traders-trained" đã có ở trên trong báo cáo này. Mỗi số đo '
        "chỉ ghi một lần."),
    ),
    "more traders than there are": (
        q1("models:\n  - {model: cho-so-4t, measure: traders-trained, value: 12, of: 10}\n"),
        f"{AT}:6:57  [reading-over]  Số đạt 12 lớn hơn tổng số 10.",
    ),
    "sent before the period": (
        q1("", on="31/12/2025"),
        f"{AT}:3:14  [report-before-period]  Ngày gửi 31/12/2025 đứng trước ngày bắt đầu của kỳ 2026-q1 (01/01/2026).",
    ),
    "a document younger than the report": (
        q1("").replace("date: 09/03/2026", "date: 10/03/2026"),
        (f"{AT}:4:35  [report-source-later]  Văn bản ghi ngày 10/03/2026, sau ngày gửi báo cáo 09/03/2026. Hãy xem lại "
        "hai ngày này."),
    ),
    "sent tomorrow": (
        q1("", on="23/11/2026"),
        (f"{AT}:3:14  [report-day-future]  Ngày gửi 23/11/2026 chưa tới: hôm nay là 22/11/2026. Báo cáo này chưa hiện "
        "trên trang cho tới ngày đó."),
    ),
    "a correction of tomorrow": (
        one_reading(
            "target: officials-2026\nreached: 41\nof: 45\ncorrections:\n"
            "  - {date: 23/11/2026, reached: 40, of: 45, reason: sai}"
        ),
        f"{AT}:10:16  [correction-future]  Ngày sửa 23/11/2026 chưa tới: hôm nay là 22/11/2026.",
    ),
    "another unit's plan": (
        q1("plan: ke-hoach-b\n"),
        (f'{AT}:5:7  [report-plan-foreign]  Kế hoạch "ke-hoach-b" là của đơn vị "xa-b", không phải của "xa-a". '
        'Có phải "ke-hoach-a"?'),
    ),
    "no such plan": (
        q1("plan: ke-hoach\n"),
        f'{AT}:5:7  [reference-unknown]  Không có kế hoạch nào mang mã "ke-hoach". Có phải "ke-hoach-a"?',
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", WRONG)
def test_each_mistake_is_told_with_its_place_and_its_numbers(mistake: str, check: Check) -> None:
    text, expected = WRONG[mistake]
    plans = [plan_a(), plan("ke-hoach-b", "xa-b")]
    assert check({"2026-q1/xa-a": text}, plans=plans, units=[unit_a(), unit("xa-b")]) == [expected]


def test_a_right_report_is_left_alone(check: Check) -> None:
    text = q1("""\
readings:
  - target: officials-2026
    reached: 41
    of: 45
    percent: 91,1%
    evidence: [{text: A, url: https://binhdanhocvuso.gov.vn/a}]
    parts: [{name: A, reached: 20, of: 20}, {name: B, reached: 21, of: 25}]
    corrections: [{date: 09/03/2026, reached: 42, of: 45, reason: cộng nhầm}]
  - {target: standard-2026, percent: 24%, measure: standard}
  - {target: traders-2026, reached: 120}
tasks:
  - {task: staff-classes, status: done}
models:
  - {model: cho-so-4t, measure: traders-trained, value: 10, of: 10}
  - {model: cho-so-4t, measure: selling-online, state: not_reported}
""")
    assert check({"2026-q1/xa-a": text}) == []


@pytest.mark.parametrize("stated", ["91%", "91,1%", "91,11%"])
def test_a_percentage_may_be_rounded(stated: str, check: Check) -> None:
    assert check({"2026-q1/xa-a": one_reading(f"target: officials-2026\nreached: 41\nof: 45\npercent: {stated}")}) == []


@pytest.mark.parametrize(("stated", "right"), [("66,6%", True), ("66,7%", True), ("66%", True), ("66,8%", False)])
def test_a_percentage_may_be_cut_off(stated: str, right: bool, check: Check) -> None:
    found = check({"2026-q1/xa-a": one_reading(f"target: officials-2026\nreached: 2\nof: 3\npercent: {stated}")})
    assert (found == []) is right


def two(before: str, now: str) -> dict[str, str]:
    """Two reports in a row, one line of body each."""
    return {"2026-q1/xa-a": q1(before), "2026-q3/xa-a": q1(now, period="2026-q3", on="08/09/2026")}


LATER = "data/progress/2026-q3/xa-a.yml"


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("reached: 42, of: 45", "reached: 40, of: 46", ("42/45", "40/46")),
        ('percent: "46,1%"', 'percent: "45,3%"', ("46,1%", "45,3%")),
        ("reached: 42, of: 45", "percent: 90%", ("42/45", "90%")),
    ],
)
def test_a_running_figure_that_falls_is_a_warning_with_both_figures(
    before: str, now: str, told: tuple[str, str], check: Check
) -> None:
    text = "readings:\n  - {{target: officials-2026, {}}}\n"
    assert check(two(text.format(before), text.format(now))) == [
        (f"{LATER}:6:6  [reading-falls]  Số cộng dồn bị giảm: kỳ 2026-q1 là {told[0]}, kỳ này là {told[1]}. "
        'Nếu đúng, hãy ghi lý do vào "why_lower".')
    ]


@pytest.mark.parametrize(
    "now",
    [
        "reached: 42, of: 45",
        "reached: 43, of: 60",  # the share falls because more people are counted, the count does not
        "reached: 40, of: 46, why_lower: hai người chuyển đi",
        "reached: 40, of: 46, corrections: [{date: 10/09/2026, reached: 44, of: 46, reason: sai}]",
        "state: not_reported",
    ],
)
def test_what_does_not_fall_or_says_why_is_left_alone(now: str, check: Check) -> None:
    text = "readings:\n  - {{target: officials-2026, {}}}\n"
    assert check(two(text.format("reached: 42, of: 45"), text.format(now))) == []


def test_a_fall_is_seen_over_a_period_without_a_figure(check: Check) -> None:
    text = "readings:\n  - {{target: officials-2026, {}}}\n"
    files = two(text.format("reached: 42, of: 45"), text.format("reached: 40, of: 45"))
    files["2026-q2/xa-a"] = q1(text.format("state: not_reported"), period="2026-q2", on="08/06/2026")
    assert [line.split("  ")[1] for line in check(files)] == ["[reading-falls]"]


def test_another_target_is_another_series(check: Check) -> None:
    text = "readings:\n  - {{target: {}, reached: {}, of: 45}}\n"
    assert check(two(text.format("officials-2026", 42), text.format("standard-2026", 12))) == []


def test_figures_of_models_that_fall_are_a_warning_too(check: Check) -> None:
    text = "models:\n  - {{model: dai-su-so, measure: ambassadors, value: {}}}\n"
    assert check(two(text.format(38), text.format(35))) == [
        (f"{LATER}:6:53  [outreach-falls]  Số cộng dồn bị giảm: kỳ 2026-q1 là 38, kỳ này là 35. "
        'Nếu đúng, hãy ghi lý do vào "note".')
    ]
    assert check(two(text.format(38), text.format("35, note: ba người nghỉ"))) == []


def test_a_period_that_has_not_begun_is_a_warning(check: Check) -> None:
    text = q1("", period="2027-q1", on="02/01/2027")
    found = check({"2027-q1/xa-a": text})
    assert [line.split("  ")[1] for line in found] == ["[report-period-future]", "[report-day-future]"]
    assert "01/01/2027" in found[0] and "22/11/2026" in found[0]


def test_what_comes_in_today_is_not_of_the_future(check: Check) -> None:
    corrected = "target: officials-2026\nreached: 41\nof: 45\ncorrections:\n"
    text = one_reading(corrected + "  - {date: 22/11/2026, reached: 40, of: 45, reason: sai}")
    assert check({"2026-q1/xa-a": text.replace("09/03/2026", "22/11/2026")}) == []


def test_totals_are_compared_only_when_every_part_has_one(check: Check) -> None:
    parts = "parts: [{name: A, reached: 20, of: 20}, {name: B, reached: 21}]"
    assert check({"2026-q1/xa-a": one_reading(f"target: officials-2026\nreached: 41\nof: 45\n{parts}")}) == []


def test_a_period_that_has_not_ended_is_right(check: Check) -> None:
    assert check({"2026-q4/xa-a": q1("", period="2026-q4", on="20/11/2026")}) == []


def test_month_inside_quarter_is_right_and_one_period_twice_is_not(check: Check) -> None:
    month = q1("", period="2026-03", on="15/03/2026")
    assert check({"2026-q1/xa-a": q1(""), "2026-03/xa-a": month}) == []
    again = check({"2026-q2/xa-a": q1("")})
    assert again == [
        ('data/progress/2026-q2/xa-a.yml:2:9  [id-not-file-name]  Mã "2026-q1" khác tên tệp "2026-q2". '
        "Hai tên phải giống nhau.")
    ]


def test_an_unknown_unit(check: Check) -> None:
    assert check({"2026-q1/xa-a": q1("")}, units=[unit("xa-aa")], plans=[]) == [
        f'{AT}:1:7  [reference-unknown]  Không có đơn vị nào mang mã "xa-a". Có phải "xa-aa"?'
    ]


def test_a_unit_without_a_plan(check: Check) -> None:
    assert check({"2026-q1/xa-a": q1("")}, plans=[]) == [
        f'{AT}:1:7  [report-no-plan]  Đơn vị "xa-a" chưa có kế hoạch nào trong data/plans, nên chưa nhập được báo cáo.'
    ]


def test_a_unit_with_two_plans_must_say_which(check: Check) -> None:
    both = [plan_a(), plan_a("ke-hoach-moi")]
    assert check({"2026-q1/xa-a": q1("")}, plans=both) == [
        (f'{AT}:1:7  [report-plan-choice]  Đơn vị "xa-a" có 2 kế hoạch: ke-hoach-a, ke-hoach-moi. Hãy ghi thêm "plan" '
        "với một trong các mã này.")
    ]
    assert check({"2026-q1/xa-a": q1("plan: ke-hoach-moi\n")}, plans=both) == []
    old = [plan_a(status="historical"), plan_a("ke-hoach-moi")]
    assert check({"2026-q1/xa-a": q1("")}, plans=old) == []


def test_an_abolished_unit_reports_no_more(check: Check) -> None:
    ended = [unit_a(abolished_on="01/01/2026")]
    assert check({"2026-q1/xa-a": q1("")}, units=ended) == [
        (f'{AT}:2:9  [report-unit-ended]  Đơn vị "xa-a" thôi hoạt động từ 01/01/2026, nên không có báo cáo cho kỳ '
        "2026-q1.")
    ]


def test_an_abolished_unit_may_report_on_the_period_in_which_it_ended(check: Check) -> None:
    assert check({"2026-q1/xa-a": q1("")}, units=[unit_a(abolished_on="15/02/2026")]) == []


def test_a_start_in_percent_does_not_fit_a_goal_in_people(check: Check) -> None:
    start = {"at": "20%", "on": "31/12/2025", "source": "đo"}
    wrong = plan("ke-hoach-a", "xa-a", [target("traders-2026", "500 người", baseline=start)])
    assert check({}, plans=[wrong]) == [
        ('data/plans/ke-hoach-a.yml:1:1  [baseline-kind]  Mốc bắt đầu và mức phải đạt của chỉ tiêu "traders-2026" '
        "phải cùng là tỷ lệ, hoặc cùng là số đếm.")
    ]


@pytest.mark.parametrize("silent", ["not_reported", "not_applicable", "withheld"])
def test_a_state_without_a_figure_bears_no_figure(silent: str, check: Check) -> None:
    for figure in ("reached: 4", "percent: 4%", "parts: [{name: A, reached: 4}]"):
        found = check({"2026-q1/xa-a": one_reading(f"target: officials-2026\nstate: {silent}\n{figure}")})
        assert [line.split("  ")[1] for line in found] == ["[reading-state-figure]"]


def test_the_english_message_says_the_same(check: Check) -> None:
    text = one_reading("target: officials-2026\nreached: 41\nof: 45\npercent: 92%")
    assert check({"2026-q1/xa-a": text}, lang="en") == [
        f"{AT}:9:14  [reading-percent-counts]  The report says 92%, but 41 of 45 is 91,11%."
    ]


def test_reports_of_the_future_are_not_on_the_site_before_their_day() -> None:
    made = project()
    known = {report.period.id for report in made.as_of(date(2026, 3, 18)).reports if report.unit == "xa-mau"}
    assert known == {"2025-q3", "2025-q4", "2025"}  # the report for 2026-q1 was sent on 19/03/2026
    assert len(made.as_of(TODAY).reports) == len(made.reports)


def test_the_project_s_own_reports_are_right_and_only_of_the_sample() -> None:
    problems = Problems()
    check_reports(project(), problems, TODAY)
    assert [problem.as_text() for problem in problems] == []
    assert {report.unit for report in project().reports if not project().units[report.unit].sample} == set()


def test_press_figures_name_a_province_and_agree_with_themselves(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/press.yml").write_text(
        "- id: a\n  place: A\n  province: thanh-hoas\n  text: A\n  source: {name: Báo}\n"
        "  values:\n    - {name: tài khoản, value: 25736, of: 36845, percent: 69.86%}\n",
        encoding="utf-8",
    )
    problems = Problems()
    loader = Loader(tmp_path, problems)
    press = loader.listed("data/press.yml", PressFigure)
    check_press(Dataset(**{**project().__dict__, "press": press, "sources": loader.sources}), problems)
    at = "data/press.yml"
    assert [problem.as_text() for problem in problems] == [
        f'{at}:3:13  [reference-unknown]  Không có tỉnh nào mang mã "thanh-hoas". Có phải "thanh-hoa"?',
        f"{at}:7:59  [reading-percent-counts]  Báo cáo ghi 69,86%, nhưng 25.736 trên 36.845 là 69,85%.",
    ]


def test_the_project_s_press_figures_are_right() -> None:
    problems = Problems()
    check_press(project(), problems)
    assert list(problems) == [] and len(project().press) == 7


def test_units_in_a_circle_are_told_and_do_not_hang() -> None:
    units = [
        unit("xa-a", parent="xa-b"),
        unit("xa-b", parent="xa-a"),
        unit("xa-c", parent="xa-a", abolished_on="01/07/2025", succeeded_by=["xa-c"]),
    ]
    made: dict[str, Any] = {
        "units": {one.id: one for one in units},
        "sources": {f"data/units/{one.id}.yml": Source(f"data/units/{one.id}.yml", {}, "id: x\n") for one in units},
    }
    problems = Problems()
    check_loops(Dataset(**{**project().__dict__, **made}), problems)
    assert [(problem.path, problem.code) for problem in problems] == [
        ("data/units/xa-a.yml", "unit-above-itself"),
        ("data/units/xa-b.yml", "unit-above-itself"),
        ("data/units/xa-c.yml", "unit-succeeds-itself"),
    ]

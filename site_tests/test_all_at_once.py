"""Holds `load_site` to telling every problem at once, of every stage, and nothing that merely follows from another.

A file that cannot be read is still there: neither those who name its record nor those who link to its page are wrong.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generators.dataset.unread import Unread
from generators.pipeline import load_site
from generators.problems import ContentError, Problems
from site_tests.small_project import BASE, BROKEN, add_report_words

TODAY = date(2026, 3, 5)
# Valid files of the kinds that the smallest project lacks.
MORE = {
    "data/progress/2025-q4/xa-thu.yml": (
        "unit: xa-thu\nperiod: 2025-q4\nreported_on: 08/12/2025\n"
        "source: {document: Báo cáo số 1/BC-UBND, date: 08/12/2025}\n"
        "readings:\n  - {target: officials-2025, reached: 41, of: 45, evidence: [{text: Danh sách}]}\n"
        "models:\n  - {model: dai-su-so, measure: learners, value: 10}\n"
    ),
    "data/activities/lop-hoc.yml": (
        "title: {vi: Lớp học, en: Class}\nsummary: {vi: Lớp buổi tối., en: An evening class.}\nunit: xa-thu\n"
        'kind: class\nmodels: [dai-su-so]\nstarts: "12/03/2026 19:00"\nends: "12/03/2026 20:00"\n'
        "place: {name: {vi: Nhà văn hóa, en: Village hall}}\nstatus: planned\nannounced: 01/03/2026\n"
        "contact: {body: {vi: Ủy ban nhân dân xã Thử, en: People's Committee of Thử}}\n"
        "source: {name: {vi: Chương trình thử, en: Test programme}}\n"
    ),
    "data/praise/mo-lop.yml": (
        "title: {vi: Mở lớp đều, en: Regular classes}\nunit: xa-thu\ngroup: {vi: Tổ thử, en: Test team}\n"
        "model: dai-su-so\ndone: {vi: Tổ mở lớp mỗi tuần., en: A class every week.}\ndate: 01/02/2026\n"
        "source: {name: {vi: Quyết định khen thử, en: Test commendation}, date: 01/02/2026}\n"
    ),
    "content/tin-tuc/2026/lop-moi.md": (
        "---\nid: lop-moi\ntitle: Lớp mới\ndate: 01/03/2026\nsummary: Xã mở lớp.\nunits: [xa-thu]\n"
        "models: [dai-su-so]\n---\n\nXem [mô hình](/mo-hinh/dai-su-so/), [xã](/tien-do/xa-thu/),"
        " [lớp](/lich/lop-hoc/), [chỉ số](/tien-do/chi-so/residents-app/) và [mục](/bat-dau/#chuan-bi).\n"
    ),
    "content/tin-tuc/2026/lop-moi.en.md": (
        "---\ntitle: New class\nsummary: The commune holds a class.\n---\n\n"
        "See [the model](/en/models/digital-ambassadors/) and [the item](/tin-tuc/2026/03/lop-moi/).\n"
    ),
}


def full_project(folder: Path) -> Path:
    """The valid small project with one file more of each kind, and the words that the derived facts need."""
    project = folder / "project"
    shutil.copytree(BASE, project)
    add_report_words(project)
    for path, text in MORE.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, encoding="utf-8")
    return project


def found_in(project: Path) -> Problems:
    try:
        _, problems = load_site(project, TODAY, "https://example.com/")
    except ContentError as error:
        return error.problems
    return problems


FILES = sorted({file.relative_to(BASE).as_posix() for file in BASE.glob("[!.]*/**/*") if file.is_file()} | set(MORE))


def test_the_full_project_is_valid(tmp_path: Path) -> None:
    assert list(found_in(full_project(tmp_path))) == []


def unclosed(text: str) -> str:
    """No YAML any more, from the first line on."""
    first = "---\n" if text.startswith("---\n") else ""
    return f"{first}'\n{text.removeprefix(first)}"


def unknown_key(text: str) -> str:
    """A key that no record has, in the file's record, or in the first one of a list."""
    if text.startswith("---\n"):
        return text.replace("---\n", "---\nzzz: 1\n", 1)
    lines = text.split("\n")
    first = next(number for number, line in enumerate(lines) if line and not line.startswith("#"))
    if lines[first].startswith("- ") and not lines[first].startswith("- {"):
        lines.insert(first + 1, "  zzz: 1")
    elif lines[first].startswith("- {"):
        lines[first] = lines[first].replace("{", "{zzz: 1, ", 1)
    else:
        lines.insert(first, "zzz: 1")
    return "\n".join(lines)


@pytest.mark.parametrize("broken", [unclosed, unknown_key])
@pytest.mark.parametrize("path", FILES)
def test_a_file_that_cannot_be_read_puts_no_other_in_the_wrong(
    path: str, broken: Callable[[str], str], tmp_path: Path
) -> None:
    project = full_project(tmp_path)
    text = (project / path).read_text(encoding="utf-8")
    (project / path).write_text(broken(text), encoding="utf-8")
    problems = found_in(project)
    assert problems.errors
    assert {problem.path for problem in problems} == {path}


@pytest.mark.parametrize("path", [path for path in FILES if path.startswith("data/")])
def test_a_file_that_has_gone_causes_no_crash(path: str, tmp_path: Path) -> None:
    project = full_project(tmp_path)
    (project / path).unlink()
    for problem in found_in(project):
        assert problem.message("vi") and problem.message("en")


_LINES = (BASE / "data/campaign.yml").read_text("utf-8").split("\n")
SETTINGS = [line.partition(":")[0] for line in _LINES if line[:1] > " "]


@pytest.mark.parametrize("key", SETTINGS)
def test_a_slip_in_one_setting_hides_nothing_elsewhere(key: str, tmp_path: Path) -> None:
    """A wrong name, a link to nowhere and, as long as official hosts are known, a foreign host are told anyway."""
    project = full_project(tmp_path)
    settings = project / "data/campaign.yml"
    settings.write_text(settings.read_text("utf-8").replace(f"{key}:", f"{key}x:", 1), encoding="utf-8")
    unit, page = project / "data/units/xa-thu.yml", project / "content/bat-dau.md"
    text = unit.read_text("utf-8").replace("province: tinh-thu", "province: tinh-thi")
    unit.write_text(text.replace("hoc.example.gov.vn", "hoc.example.com"), encoding="utf-8")
    page.write_text(page.read_text("utf-8") + "\n[Sai](/khong-co/)\n", encoding="utf-8")
    codes = {(problem.path, problem.code) for problem in found_in(project)}
    expected = {
        ("data/campaign.yml", "field-missing"),
        ("data/campaign.yml", "field-unknown"),
        ("data/units/xa-thu.yml", "reference-unknown"),
        ("content/bat-dau.md", "link-broken"),
    }
    hosts = set() if key == "official_hosts" else {("data/units/xa-thu.yml", "host-unofficial")}
    assert codes == expected | hosts


def test_three_stages_at_once_are_all_told() -> None:
    """The folder's exact complaints are held by test_broken.py; here, that they come from three stages."""
    expected = (BROKEN / "three-stages/expected.txt").read_text(encoding="utf-8")
    assert "[value-unknown]" in expected, "one file alone"
    assert "[reference-unknown]" in expected, "files held against each other"
    assert "[link-broken]" in expected, "links"


def test_one_place_gets_one_complaint_only() -> None:
    problems, later = Problems(), Problems()
    problems.add("data/a.yml", (5, 10), "bad-link", found="x")
    problems.add("data/a.yml", (1, 1), "field-missing", field="unit")
    later.add("data/a.yml", (5, 10), "host-unofficial", found="x")
    later.add("data/a.yml", (1, 1), "english-missing")
    later.add("data/a.yml", (6, 10), "host-unofficial", found="y")
    problems.add_unsaid(later)
    assert [problem.code for problem in problems] == ["english-missing", "field-missing", "bad-link", "host-unofficial"]


def test_a_file_named_with_tones_is_known_by_the_id_that_was_meant(tmp_path: Path) -> None:
    project = full_project(tmp_path)
    (project / "data/units/xa-thu.yml").rename(project / "data/units/Xã Thử.yml")
    assert [(problem.path, problem.code) for problem in found_in(project)] == [("data/units/Xã Thử.yml", "file-name")]


def test_what_an_unread_record_may_be() -> None:
    unread = Unread()
    unread.add("data/units", "data/units/xa-thu.yml", "xa-thu", {"id": "xa-thư"})
    assert unread.may_be("unit", "xa-thu") and not unread.may_be("unit", "xa-khac")
    assert not unread.may_be("plan", "xa-thu")
    unread.add("data/groups.yml", "data/groups.yml")
    assert unread.may_be("group", "anybody")
    unread.add("data/models", "data/models/dai-su-so.yml", "dai-su-so", {"english_id": "ambassadors"})
    assert unread.may_be_english("model", "ambassadors") and not unread.may_be_english("model", "others")

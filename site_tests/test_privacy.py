"""Holds the rule on personal data: what is taken for somebody's number or address, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from generators.dataset import load_dataset
from generators.dataset.privacy_rules import check_privacy, personal_numbers
from generators.problems import Problems
from site_tests.small_project import lay_out


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *((text, "phone") for text in (
            "0912345678", "0912 345 678", "0912.345.678", "091-234-5678", "09 12 34 56 78", "(024) 3825 1234",
            "+84 912 345 678", "+84912345678", "(+84) 912 345 678", "84912345678", "0084 912 345 678",
            "+84 (0) 912 345 678", "+84 912.345.678",
            "+84 24 3825 1234", "0203 3825 123", "01234567890", "0912\u00a0345\u00a0678",
            "Gọi 0912345678.", "năm 2025 0912345678",
            "０９１２３４５６７８", "0912 - 345 - 678", "0912 – 345 – 678", "[gọi](tel:+84912345678)",
        )),
        *((text, "identity") for text in (
            "001099012345", "001 099 012 345", "012345678", "012.345.678", "Số 123456789.", "123 456 789",
        )),
        *((text, "email") for text in ("mot.cua@xa.vn", "mailto:mot-cua@xa.gov.vn", "mot-cua [at] xa.vn")),
    ],
)  # fmt: skip
def test_personal_data_is_found(text: str, kind: str) -> None:
    assert [code for code, _, _ in personal_numbers(text)] == [f"privacy-{kind}"]


@pytest.mark.parametrize(
    "text",
    [
        "378/KH-UBND", "Văn bản 5201/UBND-VX1 18/7/2025", "148/2025/QH15", "123456789/KH-UBND",
        "1.000.000", "36.845", "25.736 / 36.845", "123.456.789", "84.912.345.678", "1.234.567,5", "0,912345678",
        "10/10/2025", "09-10-2025 10", "2025-10-09", "2025 - 2026 - 2027", "08:30 - 09:30", "tháng 01, 02, 03, 04, 05",
        "18028", "1900 1234", "1800 599 920", "v1.2.3", "mã ab0123456789", "https://hoc.example.gov.vn/0912345678",
    ],
)  # fmt: skip
def test_what_only_looks_alike_is_left_alone(text: str) -> None:
    assert list(personal_numbers(text)) == []


def test_two_numbers_in_one_text_are_both_found_with_their_places() -> None:
    text = "Gọi 0912345678/0987654321 hoặc thư a@xa.vn"
    assert list(personal_numbers(text)) == [
        ("privacy-email", 35, "a@xa.vn"),
        ("privacy-phone", 4, "0912345678"),
        ("privacy-phone", 15, "0987654321"),
    ]


def test_the_complaint_does_not_repeat_the_number(tmp_path: Path) -> None:
    problems = Problems()
    check_privacy(load_dataset(lay_out("privacy", tmp_path), problems), problems)
    messages = " ".join(problem.message() for problem in problems)
    assert "091…" in messages
    assert "345 678" not in messages and "001099012345" not in messages and "@example" not in messages


def test_contact_fields_are_free_in_activities_only(tmp_path: Path) -> None:
    project = lay_out("privacy", tmp_path)
    source = project / "data/activities/lop-hoc.yml"
    assert "0238 3825 123" in source.read_text(encoding="utf-8")
    plan = project / "data/plans/xa-thu-2025.yml"
    plan.write_text(f'{plan.read_text(encoding="utf-8")}contact: {{body: "Gọi 0238 3825 123"}}\n', encoding="utf-8")
    problems = Problems()
    check_privacy(load_dataset(project, Problems()), problems)
    found = [(problem.path, problem.code) for problem in problems if problem.path.startswith(("data/a", "data/p"))]
    assert found == [
        ("data/activities/lop-hoc.yml", "privacy-email"),  # under "bring", not under "contact"
        ("data/plans/xa-thu-2025.yml", "privacy-phone"),
    ]


def test_names_of_files_and_of_pictures_are_read_too(tmp_path: Path) -> None:
    project = lay_out("privacy", tmp_path)
    for file in (project / "content/tin-tuc").glob("*.md"):
        file.rename(file.with_name(file.name.replace("lop-hoc", "lop-0912345678")))
    problems = Problems()
    dataset = load_dataset(project, problems)
    news = project / "content/tin-tuc/lop-0912345678.md"
    before = Problems()
    check_privacy(dataset, before)
    news.write_text(f'---\nimage: cccd_001099012345.jpg{news.read_text(encoding="utf-8")[3:]}', encoding="utf-8")
    check_privacy(load_dataset(project, Problems()), problems)
    path = news.relative_to(project).as_posix()
    found = [[one.path for one in told if one.code == "privacy-identity"].count(path) for told in (before, problems)]
    assert found[1] == found[0] + 1
    assert (path, 1, "privacy-phone") in {(one.path, one.line, one.code) for one in before}


def test_addresses_of_news_by_date_are_no_numbers(tmp_path: Path) -> None:
    for name in ("ke-hoach-378-2025", "2025-10-09", "bao-cao-2026-q3", "ngay-10-10-2026-va-11-10-2026"):
        assert list(personal_numbers(name.replace("-", " "))) == []


def test_the_project_itself_holds_no_personal_data(root: Path) -> None:
    problems = Problems()
    dataset = load_dataset(root, Problems())
    assert len(dataset.sources) > 50
    check_privacy(dataset, problems)
    assert list(problems) == []

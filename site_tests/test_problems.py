"""Holds the printer of complaints: order, near names, both languages, one line each."""

from __future__ import annotations

from string import Formatter

import pytest

from generators.problems import Problem, Problems, catalogue, near_name
from site_tests.telling_problems import told


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_every_code_has_both_languages_and_fits_the_house() -> None:
    for code, entry in catalogue().items():
        assert set(entry) <= {"vi", "en", "severity", "example"}, code
        assert entry["vi"].strip() and entry["en"].strip(), code
        assert entry.get("severity", "warning") == "warning", code
        assert places(entry["en"]) - {"what_en"} == places(entry["vi"]) - {"what"}, code


def test_problems_are_printed_once_in_order_of_path_and_place() -> None:
    problems = Problems()
    problems.add("b.yml", (1, 1), "file-empty")
    problems.add("a.yml", (10, 2), "file-empty")
    problems.add("a.yml", (9, 30), "bad-year", found="25")
    problems.add("a.yml", (9, 30), "bad-year", found="25")
    assert told(problems, "en") == [
        'a.yml:9:30  [bad-year]  "25" is not a year, for example 2026.',
        "a.yml:10:2  [file-empty]  This file is empty.",
        "b.yml:1:1  [file-empty]  This file is empty.",
    ]


def test_errors_and_warnings_are_told_apart() -> None:
    problems = Problems()
    problems.add("a.yml", (1, 1), "file-empty")
    problems.add("a.yml", (2, 1), "english-missing")
    assert [problem.code for problem in problems.errors] == ["file-empty"]
    assert [problem.code for problem in problems.warnings] == ["english-missing"]


def test_the_near_name_is_asked_for_in_the_language_of_the_message() -> None:
    problem = Problem("a.yml", 1, 2, "field-unknown", (("field", "titel"),), "title")
    assert problem.as_text() == 'a.yml:1:2  [field-unknown]  Không có khóa tên "titel" ở đây. Có phải "title"?'
    assert problem.message("en") == 'There is no key named "titel" here. Did you mean "title"?'


def test_what_an_editor_wrote_cannot_break_the_line_or_fill_other_places() -> None:
    problems = Problems()
    problems.add("a.yml", (1, 1), "bad-whole", found="một\nhai {found} {0}")
    assert told(problems, "en") == [
        'a.yml:1:1  [bad-whole]  "một hai {found} {0}" is not a whole number. Right: 412 or 12.000.'
    ]


def test_an_unknown_code_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        Problems().add("a.yml", (1, 1), "no-such-code")


@pytest.mark.parametrize(
    ("wrong", "near"),
    [("official", "officials"), ("OFFICIALS", "officials"), ("studnets", "students"), ("x", ""), ("", "")],
)
def test_near_names(wrong: str, near: str) -> None:
    assert near_name(wrong, ["officials", "students"]) == near

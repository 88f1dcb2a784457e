"""Holds how values become text: each expected value was worked out by hand from the rules of state documents."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.problems import Language
from generators.schema.scalars import read_date, read_decimal, read_loose_date
from generators.text import (
    LooseDate,
    Phrases,
    document_date,
    fold,
    format_date,
    format_number,
    format_percent,
    typographic,
    vietnamese_key,
    vietnamese_spans,
)


@pytest.mark.parametrize(
    ("value", "places", "vi", "en"),
    [
        (0, None, "0", "0"),
        (999, None, "999", "999"),
        (1000, None, "1.000", "1,000"),
        (1000000, None, "1.000.000", "1,000,000"),
        (-1234, None, "-1.234", "-1,234"),
        (Decimal("1234.5"), None, "1.234,5", "1,234.5"),
        (Decimal("1234.50"), None, "1.234,5", "1,234.5"),
        (Decimal(100), None, "100", "100"),
        (Decimal("100.00"), None, "100", "100"),
        (Decimal("1E+3"), None, "1.000", "1,000"),
        (Decimal("0.05"), None, "0,05", "0.05"),
        (Decimal("69.85"), 1, "69,9", "69.9"),
        (Decimal("12.25"), 1, "12,3", "12.3"),
        (Decimal("2.5"), 0, "3", "3"),
        (5, 1, "5,0", "5.0"),
        (Decimal("1234.567"), 2, "1.234,57", "1,234.57"),
    ],
)
def test_numbers(value: int | Decimal, places: int | None, vi: str, en: str) -> None:
    assert format_number(value, "vi", places) == vi
    assert format_number(value, "en", places) == en


@pytest.mark.parametrize(
    ("value", "vi", "en"), [(80, "80%", "80%"), (Decimal("30.5"), "30,5%", "30.5%"), (Decimal("100.0"), "100%", "100%")]
)
def test_percentages_have_no_space_before_the_sign(value: int | Decimal, vi: str, en: str) -> None:
    assert format_percent(value, "vi") == vi
    assert format_percent(value, "en") == en


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (date(2026, 3, 5), "05/03/2026", "5 March 2026"),
        (date(2025, 12, 31), "31/12/2025", "31 December 2025"),
        (LooseDate(2025, 7), "tháng 7 năm 2025", "July 2025"),
        (LooseDate(2025), "năm 2025", "2025"),
        (LooseDate(2025, 5, 22), "22/05/2025", "22 May 2025"),
    ],
)
def test_dates(value: date | LooseDate, vi: str, en: str) -> None:
    assert format_date(value, "vi") == vi
    assert format_date(value, "en") == en


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 9, 30), "ngày 30 tháng 9 năm 2026"),
        (date(2026, 12, 1), "ngày 01 tháng 12 năm 2026"),
    ],
)
def test_the_date_line_of_a_document_pads_days_and_the_first_two_months_only(value: date, line: str) -> None:
    assert document_date(value) == line


def test_a_loose_date_knows_its_own_precision_and_has_an_order() -> None:
    assert [LooseDate(2025).iso, LooseDate(2025, 7).iso, LooseDate(2025, 7, 1).iso] == ["2025", "2025-07", "2025-07-01"]
    assert [LooseDate(2025, 7).exact, LooseDate(2025, 7, 1).exact] == [None, date(2025, 7, 1)]
    shuffled = [LooseDate(2025, 7, 1), LooseDate(2025), LooseDate(2024, 12), LooseDate(2025, 7)]
    assert sorted(shuffled) == [LooseDate(2024, 12), LooseDate(2025), LooseDate(2025, 7), LooseDate(2025, 7, 1)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đại sứ số", "dai su so"),
        ("ĐẮK LẮK", "dak lak"),
        (unicodedata.normalize("NFD", "Tổ công nghệ số cộng đồng"), "to cong nghe so cong dong"),
        ("ươ ƯỢ ỹ", "uo uo y"),
        ("Chợ 4T – xã", "cho 4t – xa"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    "ordered",
    [
        ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "o", "ô", "ơ", "p", "t", "u", "ư", "v", "y"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mă", "mằ", "mẳ", "mẵ", "mắ", "mặ", "mâ", "mb"],
        ["dân", "dần", "dấn", "đan", "đàn", "đăn"],
        ["toan", "toàn", "toán", "tôi", "tối", "tơi"],
        ["cao bang", "Cao Bằng", "cao bổng", "Cau"],
        ["Hà Nội", "Hà Tĩnh", "Hải Phòng", "Huế", "Hưng Yên"],
        ["xã 1", "xã 2", "xã a"],
    ],
)
def test_vietnamese_order(ordered: list[str]) -> None:
    for shuffled in (ordered[::-1], ordered[::2] + ordered[1::2], ordered[3:] + ordered[:3]):
        assert sorted(shuffled, key=vietnamese_key) == ordered
        decomposed = [unicodedata.normalize("NFD", word) for word in shuffled]
        assert [unicodedata.normalize("NFC", word) for word in sorted(decomposed, key=vietnamese_key)] == ordered


@pytest.mark.parametrize(
    ("text", "typeset"),
    [
        ('Phong trào "Bình dân học vụ số" và "x"', "Phong trào “Bình dân học vụ số” và “x”"),
        ("  hai   dấu\tcách ", "hai dấu cách"),
        ('màn hình 5" thôi', 'màn hình 5" thôi'),
    ],
)
def test_typography(text: str, typeset: str) -> None:
    assert typographic(text) == typeset


def test_phrases_fill_their_places_and_an_unknown_key_raises() -> None:
    phrases = Phrases({"left": {"vi": "Còn {days} ngày", "en": "{days} days left"}})
    assert phrases.get("left", "vi", days=3) == "Còn 3 ngày"
    assert phrases.get("left", "en", days="{x}") == "{x} days left"
    with pytest.raises(KeyError):
        phrases.get("lefd", "vi")
    assert phrases.get("left", "vi", weeks=3) == "Còn {days} ngày"  # an editor's slip ends no build


LANGUAGES: tuple[Language, ...] = ("vi", "en")


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(whole=st.integers(0, 10**12), cents=st.integers(1, 99))
def test_what_is_printed_in_vietnamese_is_read_back_as_the_same_number(whole: int, cents: int) -> None:
    value = Decimal(whole) + Decimal(cents) / 100
    assert read_decimal(format_number(value, "vi")) == value


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_what_is_printed_as_a_date_is_read_back_as_the_same_day(day: date) -> None:
    assert read_date(format_date(day, "vi")) == day
    assert read_date(day.isoformat()) == day
    assert read_loose_date(f"{day.month}/{day.year}") == LooseDate(day.year, day.month)


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(text=st.text(max_size=30))
def test_folding_any_text_is_done_once_and_for_all_and_ordering_never_raises(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert vietnamese_key(text) == vietnamese_key(text)


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("People's Committee of Vĩnh Linh District (Quảng Trị Province)", ["Vĩnh Linh", "Quảng Trị"]),
        ("Hưng Nguyên Nam commune in Nghệ An.", ["Hưng Nguyên Nam", "Nghệ An"]),
        ("The plan says “nghiên cứu triển khai” to the Office", ["nghiên cứu triển khai"]),
        ("In Cao Bằng the Đề án was named", ["Cao Bằng", "Đề án"]),
        ("Each Sở Nội vụ can train a team", ["Sở Nội vụ"]),
        ("The team can meet in May, then go on", []),
        ("", []),
    ],
)
def test_vietnamese_words_are_found_in_english(english: str, vietnamese: list[str]) -> None:
    assert [english[start:end] for start, end in vietnamese_spans(english)] == vietnamese

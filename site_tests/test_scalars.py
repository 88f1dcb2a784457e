"""Holds every reader of small values: what it takes and what it refuses, with which code; what all records share."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

import generators.schema
from generators.problems import catalogue
from generators.schema import scalars
from generators.schema.plan import DueDay
from generators.schema.scalars import Amount, Record, Words
from generators.text import LooseDate

GOOD: list[tuple[Callable[[Any], object], object, object]] = [
    (scalars.read_text, "  hai  chữ ", "hai chữ"),
    (scalars.read_text, 'nói "được"', "nói “được”"),
    (scalars.read_text, "một\nhai\n", "một\nhai"),
    (scalars.read_id, "xa-mau-2025", "xa-mau-2025"),
    (scalars.read_id, "4t", "4t"),
    (scalars.read_flag, True, True),
    (scalars.read_flag, False, False),
    (scalars.read_whole, "412", 412),
    (scalars.read_whole, " 12.000 ", 12000),
    (scalars.read_whole, "1.000.000", 1000000),
    (scalars.read_decimal, "69,85", Decimal("69.85")),
    (scalars.read_decimal, "69.85", Decimal("69.85")),
    (scalars.read_decimal, "1.234,5", Decimal("1234.5")),
    (scalars.read_decimal, "1.234.567", Decimal(1234567)),
    (scalars.read_decimal, "12", Decimal(12)),
    (scalars.read_percent, " 69,85% ", Decimal("69.85")),
    (scalars.read_percent, "100 %", Decimal(100)),
    (scalars.read_ratio, "0,95", Decimal("0.95")),
    (scalars.read_year, "2026", 2026),
    (scalars.read_date, "22/05/2025", date(2025, 5, 22)),
    (scalars.read_date, "2/5/2025", date(2025, 5, 2)),
    (scalars.read_date, "2025-05-22", date(2025, 5, 22)),
    (scalars.read_date, "29/02/2024", date(2024, 2, 29)),
    (scalars.read_loose_date, "07/2025", LooseDate(2025, 7)),
    (scalars.read_loose_date, "2025", LooseDate(2025)),
    (scalars.read_day_month, "10/10", (10, 10)),
    (scalars.read_day_month, "29/2", (29, 2)),
    (scalars.read_address, " /ke-hoach/cu/ ", "/ke-hoach/cu/"),
    (scalars.read_address, "/a/b.pdf", "/a/b.pdf"),
    (scalars.read_https, " https://hoc.example.gov.vn/a?b=c#d ", "https://hoc.example.gov.vn/a?b=c#d"),
]
BAD: list[tuple[Callable[[Any], object], object, str]] = [
    (scalars.read_text, None, "text-empty"),
    (scalars.read_text, " \n ", "text-empty"),
    (scalars.read_text, True, "not-text"),
    (scalars.read_text, ["a"], "not-text"),
    (scalars.read_id, "Xa-Mau", "bad-id"),
    (scalars.read_id, "xã-mẫu", "bad-id"),
    (scalars.read_id, "xa--mau", "bad-id"),
    (scalars.read_id, "-xa", "bad-id"),
    (scalars.read_id, "xa_mau", "bad-id"),
    (scalars.read_id, "xa-mau\n", "bad-id"),
    (scalars.read_id, "..", "bad-id"),
    (scalars.read_id, "١٢", "bad-id"),
    (scalars.read_flag, "true", "bad-flag"),
    (scalars.read_flag, "1", "bad-flag"),
    (scalars.read_flag, None, "bad-flag"),
    (scalars.read_whole, "12,5", "bad-whole"),
    (scalars.read_whole, "12.00", "bad-whole"),
    (scalars.read_whole, "1.0000", "bad-whole"),
    (scalars.read_whole, "-3", "bad-whole"),
    (scalars.read_whole, "٣", "bad-whole"),
    (scalars.read_whole, "9" * 5000, "bad-whole"),
    (scalars.read_whole, True, "bad-whole"),
    (scalars.read_decimal, "12.345", "number-ambiguous"),
    (scalars.read_decimal, "1,234.5", "bad-number"),
    (scalars.read_decimal, "1e3", "bad-number"),
    (scalars.read_decimal, "nan", "bad-number"),
    (scalars.read_decimal, "", "bad-number"),
    (scalars.read_percent, "69,85", "bad-percent"),
    (scalars.read_percent, "100,01%", "bad-percent"),
    (scalars.read_percent, "%", "bad-number"),
    (scalars.read_ratio, "0,9x", "bad-number"),
    (scalars.read_ratio, None, "bad-number"),
    (scalars.read_year, "1999", "bad-year"),
    (scalars.read_year, "25", "bad-year"),
    (scalars.read_date, "31/02/2025", "bad-date"),
    (scalars.read_date, "29/02/2025", "bad-date"),
    (scalars.read_date, "2025-13-01", "bad-date"),
    (scalars.read_date, "07/2025", "bad-date"),
    (scalars.read_date, "22-05-2025", "bad-date"),
    (scalars.read_date, "00/01/2025", "bad-date"),
    (scalars.read_loose_date, "13/2025", "bad-date"),
    (scalars.read_loose_date, True, "bad-date"),
    (scalars.read_day_month, "31/9", "bad-day-month"),
    (scalars.read_day_month, "10/10/2025", "bad-day-month"),
    (scalars.read_https, "http://example.com", "bad-link"),
    (scalars.read_https, "https://", "bad-link"),
    (scalars.read_https, "https://[x", "bad-link"),
    (scalars.read_https, "https://a@b.example", "bad-link"),
    (scalars.read_https, "https://a.example\\@b.example", "bad-link"),
    (scalars.read_https, 'https://a.example/"onclick="x', "bad-link"),
    (scalars.read_https, "javascript:alert(1)", "bad-link"),
    (scalars.read_https, "//a.example", "bad-link"),
    (scalars.read_https, None, "bad-link"),
    (scalars.read_address, "ke-hoach/", "bad-address"),
    (scalars.read_address, "//a.example/", "bad-address"),
    (scalars.read_address, "/a/../b/", "bad-address"),
    (scalars.read_address, "https://a.example/", "bad-address"),
    (scalars.read_address, None, "bad-address"),
]


@pytest.mark.parametrize(("reader", "written", "value"), GOOD)
def test_what_readers_take(reader: Callable[[Any], object], written: object, value: object) -> None:
    assert reader(written) == value


@pytest.mark.parametrize(("reader", "written", "code"), BAD)
def test_what_readers_refuse(reader: Callable[[Any], object], written: object, code: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        reader(written)
    assert refused.value.type == code
    assert code in catalogue()
    catalogue()[code]["vi"].format_map(refused.value.context or {})


def test_an_ambiguous_number_is_shown_with_both_readings() -> None:
    with pytest.raises(PydanticCustomError) as refused:
        scalars.read_decimal("12.345")
    assert refused.value.context == {"found": "12.345", "whole": "12345", "fraction": "12,345"}


@pytest.mark.parametrize(
    ("written", "value", "kind", "unit"),
    [
        ("80%", "80", "percent", ""),
        ("80 %", "80", "percent", ""),
        ("69,5%", "69.5", "percent", ""),
        ("100%", "100", "percent", ""),
        ("0%", "0", "percent", ""),
        ("1.000.000 người", "1000000", "count", "người"),
        ("1000000", "1000000", "count", ""),
        ("5 người học", "5", "count", "người học"),
    ],
)
def test_amounts(written: str, value: str, kind: str, unit: str) -> None:
    amount = Amount.model_validate(written)
    assert (amount.value, amount.kind, amount.unit) == (Decimal(value), kind, unit)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("100,01%", "bad-percent"),
        ("80% người", "bad-percent"),
        ("12.345%", "number-ambiguous"),
        ("1,5 người", "bad-whole"),
        ("≥ 80%", "bad-amount"),
        ("khoảng 80", "bad-amount"),
        ("-5%", "bad-amount"),
        ("", "bad-amount"),
        (None, "bad-amount"),
        ({"value": "80"}, "bad-amount"),
    ],
)
def test_amounts_refused(written: object, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Amount.model_validate(written)
    assert [error["type"] for error in refused.value.errors()] == [code]


def test_words_are_plain_vietnamese_or_both_languages() -> None:
    plain, both = Words.model_validate("Tên"), Words.model_validate({"vi": "Tên", "en": "Name"})
    assert (plain.get("vi"), plain.get("en"), plain.language("en")) == ("Tên", "Tên", "vi")
    assert (both.get("vi"), both.get("en"), both.language("en"), both.language("vi")) == ("Tên", "Name", "en", "vi")


@pytest.mark.parametrize(
    ("written", "code"),
    [(None, "text-empty"), ("", "text-empty"), (True, "not-text"), ({"en": "Name"}, "missing"), ([], "model_type")],
)
def test_words_refused(written: object, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Words.model_validate(written)
    assert [error["type"] for error in refused.value.errors()] == [code]


@pytest.mark.parametrize(
    ("written", "good"),
    [
        ({"day": "10", "month_of_period": "last"}, True),
        ({"day": "31", "month": "12"}, True),
        ({"day": "28", "month": "2"}, True),
        ({"day": "29", "month": "2"}, False),
        ({"day": "31", "month": "11"}, False),
        ({"day": "1", "month": "13"}, False),
        ({"day": "0", "month": "1"}, False),
        ({"day": "32", "month_of_period": "each"}, False),
        ({"day": "10"}, False),
        ({"day": "10", "month": "1", "month_of_period": "last"}, False),
    ],
)
def test_a_due_day_exists_in_every_year(written: dict[str, str], good: bool) -> None:
    if good:
        assert str(DueDay.model_validate(written).day) == written["day"]
        return
    with pytest.raises(ValidationError) as refused:
        DueDay.model_validate(written)
    assert [error["type"] for error in refused.value.errors()] == ["due-day"]


READERS = sorted({reader.__name__ for reader, _, _ in BAD})


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(written=st.none() | st.booleans() | st.lists(st.text(), max_size=2) | st.text(max_size=30))
def test_no_value_at_all_makes_a_reader_fail_without_a_code(written: object) -> None:
    for name in READERS:
        if name == "read_decimal" and not isinstance(written, str):
            continue  # it is handed text by the readers of amounts
        assert outcome(name, written) in {"taken", *catalogue()}


def outcome(name: str, written: object) -> str:
    """How a reader takes a value: `taken`, or the code it is refused with; any other exception ends the test."""
    try:
        getattr(scalars, name)(written)
    except PydanticCustomError as refused:
        return refused.type
    return "taken"


def all_records() -> Iterator[type[Record]]:
    for module in pkgutil.iter_modules(generators.schema.__path__):
        found = importlib.import_module(f"generators.schema.{module.name}")
        for value in vars(found).values():
            if isinstance(value, type) and issubclass(value, Record) and value.__module__ == found.__name__:
                yield value


def test_every_field_of_every_record_is_described_and_no_record_can_be_changed() -> None:
    records = list(all_records())
    assert len(records) > 20
    for record in records:
        assert record.model_config.get("frozen") and record.model_config.get("extra") == "forbid", record
        assert record.__doc__, record
        for name, field in record.model_fields.items():
            assert field.description and field.description.strip().endswith((".", "…")), f"{record.__name__}.{name}"


def test_every_reader_is_tried() -> None:
    readers = {name for name in vars(scalars) if name.startswith("read_")}
    assert {reader.__name__ for reader, _, _ in GOOD} >= readers
    assert set(READERS) >= readers

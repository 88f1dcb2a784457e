"""Holds CSV files: readable by Excel and by programs, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.render.tables import csv_bytes


def read_back(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_bytes_are_those_of_the_rfc_with_a_mark_for_excel() -> None:
    content = csv_bytes(["Nơi", "Mức"], [["Xã “Thử”, huyện cũ", "80%"], ['nói "được"', None], ["hai\ndòng", 1]])
    assert content == (
        b"\xef\xbb\xbf" + 'Nơi,Mức\r\n"Xã “Thử”, huyện cũ",80%\r\n"nói ""được""",\r\n"hai\ndòng",1\r\n'.encode()
    )


@pytest.mark.parametrize("cell", ["=1+1", "+A1", "-A1", "@sum(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "-1,5"])
def test_no_cell_and_no_heading_can_be_a_formula(cell: str) -> None:
    rows = read_back(csv_bytes([cell], [[cell]]))
    assert rows == [[f"'{cell}"], [f"'{cell}"]]


@pytest.mark.parametrize("cell", ["-5", "+5", "-0.5", "80%", "Xã", "", "1=1", "a@b"])
def test_numbers_and_plain_words_stay_as_they_are(cell: str) -> None:
    assert read_back(csv_bytes(["x", "y"], [[cell, "."]])) == [["x", "y"], [cell, "."]]


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(
    rows=st.lists(
        st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=10), min_size=2, max_size=2),
        max_size=4,
    )
)
def test_every_text_comes_back(rows: list[list[str]]) -> None:
    back = read_back(csv_bytes(["a", "b"], rows))
    assert [[cell.removeprefix("'") for cell in row] for row in back[1:]] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]

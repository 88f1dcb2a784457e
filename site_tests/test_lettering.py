"""How words are measured and made to fit a room: whole words, even lines, the largest size that stands, no boxes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.render.lettering import LINE, fitted, site_letters, spelled, text_width, wrapped

ROOM = {"width": 600.0, "height": 230.0}
SIZES = {"largest": 66.0, "smallest": 22.0}
PLAN = "Kế hoạch triển khai Phong trào “Bình dân học vụ số” xã Hưng Nguyên Nam"


@pytest.mark.parametrize("text", ["Tin tức", "Mỗi ngày học một chút, ai cũng làm được", PLAN, "", "a"])
def test_a_text_stands_whole_in_its_room_as_large_as_it_can(text: str) -> None:
    fit = fitted(text, "bold", **ROOM, **SIZES)
    assert " ".join(fit.lines) == text
    assert all(text_width(line, "bold", fit.size) <= ROOM["width"] for line in fit.lines)
    assert fit.height == len(fit.lines) * LINE * fit.size <= ROOM["height"]
    assert SIZES["smallest"] <= fit.size <= SIZES["largest"]
    larger = fit.size / 0.94
    more_lines = len(wrapped(text, "bold", larger, ROOM["width"])) > len(fit.lines)
    assert fit.size == SIZES["largest"] or more_lines or len(fit.lines) * LINE * larger > ROOM["height"]


def test_lines_are_even_and_few() -> None:
    fit = fitted("Bình dân học vụ số", "bold", 300, 300, largest=66, smallest=22)
    assert fit.lines == ("Bình dân", "học vụ số")
    first, second = fitted("một hai ba bốn năm sáu bảy", "regular", 200, 60, largest=20, smallest=20).lines
    assert abs(len(first) - len(second)) <= 4


@given(st.text(st.sampled_from("aộW i.,/-"), max_size=400), st.sampled_from([40.0, 200.0, 606.0]))
@settings(deadline=None)
def test_no_text_leaves_its_room(text: str, width: float) -> None:
    fit = fitted(text, "regular", width, 100, largest=34, smallest=27)
    assert fit.height <= 100
    assert all(text_width(line, "regular", fit.size) <= width for line in fit.lines)
    said = "".join(fit.lines).replace(" ", "")
    everything = text.replace(" ", "")
    assert said == everything or (said.endswith("…") and everything.startswith(said[:-1]))


def test_a_word_wider_than_its_room_is_broken_and_what_has_no_room_is_cut() -> None:
    fit = fitted("https://" + "a" * 300, "regular", 200, 100, largest=34, smallest=20)
    assert len(fit.lines) == 4 and fit.lines[-1].endswith("…")


def test_words_are_wrapped_by_their_real_width() -> None:
    text = "Mọi người cùng học dùng điện thoại, internet và dịch vụ công qua mạng"
    lines = wrapped(text, "bold", 72, 600)
    assert " ".join(lines) == text
    assert len(lines) > 2
    assert all(text_width(line, "bold", 72) <= 600 for line in lines)
    assert wrapped("dài" * 99, "bold", 72, 600) == ["dài" * 99]


def test_a_letter_that_the_font_lacks_is_spelled_as_it_can_be() -> None:
    assert spelled("Sân 20㎡ 🎓 \u202eđảo漢e\u0302\u0301", site_letters()) == "Sân 20m2  đảo?ế"

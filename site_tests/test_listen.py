"""Holds reading aloud to what a listener must hear: with a stand-in voice that notes each utterance."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

# A device's voice that says nothing but notes all; it ends each utterance at once unless `window.holds` is set.
VOICE = """
(languages => {
  const voices = languages.map(lang => ({lang, name: lang, localService: true}))
  window.heard = []
  window.cancels = 0
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
  const speech = new EventTarget()
  speech.getVoices = () => voices
  speech.cancel = () => { window.cancels += 1 }
  speech.speak = said => {
    const marked = [...(CSS.highlights.get('listen') || [])].map(range => range.toString()).join('')
    window.heard.push({text: said.text, lang: said.lang, rate: said.rate, marked})
    window.last = said
    if (!window.holds) setTimeout(() => said.onend(), 0)
  }
  Object.defineProperty(window, 'speechSynthesis', {value: speech})
})(%s)
"""


WRITTEN_AND_SAID = [
    ("Ngày 10/10/2025, UBND xã họp.", "ngày 10 tháng 10 năm 2025, Ủy ban nhân dân xã họp."),
    ("Từ 05/9/2026 đến tháng 07/2026.", "Từ ngày 5 tháng 9 năm 2026 đến tháng 7 năm 2026."),
    ("Trước 10/10 hằng năm.", "Trước ngày 10 tháng 10 hằng năm."),
    ("Có 3/5 nơi báo cáo.", "Có 3/5 nơi báo cáo."),
    ("Đạt 30,5% và 80%.", "Đạt 30 phẩy 5 phần trăm và 80 phần trăm."),
    ("Năm 2026 80% đạt.", "Năm 2026 80 phần trăm đạt."),
    ("Có 1.234 người, 1.000.000 lượt.", "Có 1234 người, 1000000 lượt."),
    ("Khoảng 1.234,5 đồng.", "Khoảng 1234 phẩy 5 đồng."),
    ("HTX và CBCCVC dùng VNeID.", "hợp tác xã và cán bộ, công chức, viên chức dùng vê nờ i đi."),
    ("HĐND-UBND xã.", "Hội đồng nhân dân-Ủy ban nhân dân xã."),
    ("UBNDX và AIA giữ nguyên.", "UBNDX và AIA giữ nguyên."),
    ("Số 252/KH-UBND.", "Số 252 kế hoạch Ủy ban nhân dân."),
    ("Nghị quyết 57-NQ/TW.", "Nghị quyết 57 trung ương."),
    ("Kế hoạch số 252/KH-UBND.", "Kế hoạch số 252 Ủy ban nhân dân."),
    ("Giai đoạn 2025–2026.", "Giai đoạn 2025 đến 2026."),
    ("Mỗi nhóm ≥ 5 người.", "Mỗi nhóm ít nhất 5 người."),
    ("Mở binhdanhocvuso.gov.vn nhé.", "Mở binhdanhocvuso chấm gov chấm vn nhé."),
    ("Ngày 45/13/2025 không có.", "Ngày 45/13/2025 không có."),
]


def with_voice(page: Page, address: str, *languages: str) -> None:
    page.add_init_script(VOICE % list(languages))
    page.goto(address)


def hear(page: Page, html: str) -> list[dict[str, Any]]:
    """What is said of a page whose body is `html`."""
    page.evaluate("html => { document.querySelector('.page-body').innerHTML = html }", html)
    page.locator("[data-listen-start]").click()
    expect(page.locator("[data-listen-status]")).to_have_text(
        page.locator("[data-listen-status]").get_attribute("data-done") or "?"
    )
    heard: list[dict[str, Any]] = page.evaluate("window.heard.splice(0)")
    return heard


def wait_heard(page: Page, count: int) -> None:
    """Waits for that many utterances; not by a string of script, which the site's security policy refuses."""
    page.evaluate(
        """count => new Promise(done => {
          const look = () => heard.length >= count ? done() : setTimeout(look, 20)
          look()
        })""",
        count,
    )


def words(heard: list[dict[str, Any]]) -> list[str]:
    return [one["text"] for one in heard]


def test_without_a_voice_of_the_page_there_is_no_button(page: Page, served_site: str) -> None:
    with_voice(page, f"{served_site}/giai-thich/", "en-US", "fr-FR")
    expect(page.locator("[data-listen]")).to_be_hidden()
    assert page.locator("script[src*='listen.js']").count() == 0


def test_a_voice_that_comes_late_brings_the_button(page: Page, served_site: str) -> None:
    with_voice(page, f"{served_site}/giai-thich/")
    expect(page.locator("[data-listen]")).to_be_hidden()
    page.evaluate(
        """() => { speechSynthesis.getVoices = () => [{lang: 'vi-VN', localService: true}]
                   speechSynthesis.dispatchEvent(new Event('voiceschanged')) }"""
    )
    expect(page.locator("[data-listen-start]")).to_be_visible()


def test_writing_is_said_as_people_say_it(page: Page, served_site: str) -> None:
    with_voice(page, f"{served_site}/giai-thich/", "vi-VN")
    said = words(hear(page, "".join(f"<p>{written}</p>" for written, _ in WRITTEN_AND_SAID)))
    assert dict(zip((written for written, _ in WRITTEN_AND_SAID), said, strict=True)) == dict(WRITTEN_AND_SAID)


def test_english_pages_are_said_in_english(page: Page, served_site: str) -> None:
    with_voice(page, f"{served_site}/en/glossary/", "en-GB", "vi-VN")
    heard = hear(page, '<p>On 10/10/2025, 1,234 people and 30.5%.</p><p>Motto: <span lang="vi">Đi từng ngõ</span></p>')
    assert words(heard) == ["On 10 October 2025, 1234 people and 30 point 5 percent.", "Motto:", "Đi từng ngõ"]
    assert [one["lang"] for one in heard] == ["en-GB", "en-GB", "vi-VN"]


def test_only_what_is_content_is_read_and_each_sentence_is_marked(page: Page, served_site: str) -> None:
    with_voice(page, f"{served_site}/giai-thich/", "vi-VN")
    heard = hear(
        page,
        """<h1>Tên trang</h1><nav><a href="#x">Bỏ qua</a></nav><p hidden>Ẩn</p><p aria-hidden="true">Hình</p>
           <p>Câu <b>một</b> ở đây. Câu hai: <button class="term" type="button">mã OTP</button>
           <span class="term-note" popover>giải thích</span> nhé.</p>
           <details><summary>Mở</summary><p>Đang đóng</p></details>
           <button type="button">Nút</button><ul><li>Việc đầu<ul><li>Việc con</li></ul></li></ul>""",
    )
    assert words(heard) == ["Tên trang", "Câu một ở đây.", "Câu hai: mã ô tê pê nhé.", "Mở", "Việc đầu", "Việc con"]
    assert [" ".join(one["marked"].split()) for one in heard][:2] == ["Tên trang", "Câu một ở đây."]
    assert page.evaluate("CSS.highlights.has('listen')") is False


def test_a_table_is_read_row_by_row_with_the_heads_of_its_columns(page: Page, served_site: str) -> None:
    with_voice(page, f"{served_site}/giai-thich/", "vi-VN")
    table = """<table><caption>Kết quả</caption>
      <thead><tr><th scope="col">Nơi</th><th scope="col">Tỷ lệ</th></tr></thead>
      <tbody><tr><th scope="row">Xã A</th><td>30,5%</td></tr>
      <tr><th scope="row">Xã B</th><td>Tốt. Rất tốt.</td></tr></tbody></table>"""
    assert words(hear(page, table)) == [
        "Kết quả", "Xã A", "Tỷ lệ: 30 phẩy 5 phần trăm", "Xã B", "Tỷ lệ: Tốt.", "Rất tốt.",
    ]  # fmt: skip


def test_a_long_sentence_is_said_in_parts_that_lose_nothing(page: Page, served_site: str) -> None:
    with_voice(page, f"{served_site}/giai-thich/", "vi-VN")
    long = ", ".join(f"việc thứ {number} cần làm trong tháng này" for number in range(1, 30))
    said = words(hear(page, f"<p>{long}</p>"))
    assert len(said) > 3 and max(map(len, said)) <= 180
    assert " ".join(said) == long


def test_pause_speed_and_stop(page: Page, served_site: str) -> None:
    with_voice(page, f"{served_site}/giai-thich/", "vi-VN")
    page.evaluate("() => { document.querySelector('.page-body').innerHTML = '<p>Một.</p><p>Hai.</p>' }")
    page.evaluate("holds = true")
    page.locator("[data-listen-start]").click()
    pause, status = page.locator("[data-listen-pause]"), page.locator("[data-listen-status]")
    expect(pause).to_be_focused()
    wait_heard(page, 1)
    page.evaluate("last.onend()")
    wait_heard(page, 2)
    pause.click()
    expect(pause).to_have_text("Đọc tiếp")
    expect(status).to_have_text("Đã tạm dừng")
    page.evaluate("last.onend()")  # what was cut off reports its end, and must not move the place
    pause.click()
    wait_heard(page, 3)
    page.get_by_role("button", name="Chậm").click()
    wait_heard(page, 4)
    said = page.evaluate("heard.map(one => [one.text, one.rate])")
    assert said == [["Một.", 1], ["Hai.", 1], ["Hai.", 1], ["Hai.", 0.8]]
    expect(page.get_by_role("button", name="Chậm")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Vừa")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Thôi").click()
    expect(page.locator("[data-listen-start]")).to_be_focused()
    expect(page.locator("[data-listen-player]")).to_be_hidden()
    assert page.evaluate("CSS.highlights.has('listen')") is False


def test_a_kept_speed_holds_on_the_next_page_and_leaving_ends_the_voice(page: Page, served_site: str) -> None:
    with_voice(page, f"{served_site}/giai-thich/", "vi-VN")
    page.evaluate("localStorage.setItem('bdhvs-rate', '1.25')")
    assert {one["rate"] for one in hear(page, "<p>Một.</p>")} == {1.25}
    before = page.evaluate("cancels")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert page.evaluate("cancels") == before + 1


def test_a_voice_that_fails_says_so(page: Page, served_site: str) -> None:
    with_voice(page, f"{served_site}/giai-thich/", "vi-VN")
    page.evaluate("holds = true")
    page.locator("[data-listen-start]").click()
    wait_heard(page, 1)
    page.evaluate("last.onerror({error: 'synthesis-failed'})")
    expect(page.locator("[data-listen-status]")).to_have_text("Máy chưa đọc được. Bạn thử lại sau.")
    expect(page.locator("[data-listen-start]")).to_be_visible()


@pytest.mark.parametrize("address", ["/", "/ke-hoach/xa-mau-2025/", "/tien-do/", "/lich/", "/en/plans/"])
def test_every_kind_of_page_can_be_read_to_its_end(page: Page, served_site: str, address: str) -> None:
    with_voice(page, f"{served_site}{address}", "vi-VN", "en-GB")
    title = page.locator("h1").inner_text()
    page.locator("[data-listen-start]").click()
    status = page.locator("[data-listen-status]")
    expect(status).to_have_text(status.get_attribute("data-done") or "?", timeout=20_000)
    said = " ".join(words(page.evaluate("heard")))
    assert len(said) > 300 and "undefined" not in said and "NaN" not in said
    assert title.split()[0].casefold() in said.casefold()

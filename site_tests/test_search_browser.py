"""Walks through search in a real browser as Vietnamese readers use it: without tones, by keyboard, on a small phone."""

from __future__ import annotations

import gzip
import re
import unicodedata
from itertools import product
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, Route, expect

from generators.render.search_entry import Document, entry_of
from generators.render.search_index import SearchIndex
from generators.render.search_shards import name_of
from generators.render.search_text import folded, words
from site_tests.browser import PHONE

FIELD = "#tim-gi"
STATUS = "[data-search-status]"
ANSWERED = re.compile("[“”]")


def ask(page: Page, served_site: str, query: str, address: str = "/tim-kiem/") -> list[str]:
    """Types a question, presses Enter, and gives the titles found."""
    page.goto(served_site + address)
    page.fill(FIELD, query)
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_contain_text(ANSWERED)
    return page.locator(".search-title").all_inner_texts()


@pytest.mark.parametrize(
    ("query", "first", "marked"),
    [
        ("binh dan hoc vu so", "Bình dân học vụ số", "Bình dân học vụ số"),
        ("dai su so", "Đại sứ số", "Đại sứ số"),
        ("đại sứ số", "Đại sứ số", "Đại sứ số"),
        ("đai su so", "Đại sứ số", "Đại sứ số"),
        ("DAI SU SO", "Đại sứ số", "Đại sứ số"),
        ("cho so 4t", "Chợ số 4T", "Chợ số 4T"),
        ("chợ số 4T", "Chợ số 4T", "Chợ số 4T"),
        ("gia dinh so", "Gia đình số", "Gia đình số"),
        ("hung nguyen nam", "Hưng Nguyên Nam", "Hưng Nguyên Nam"),
        ("vinh li", "Vĩnh Linh", "Vĩnh Linh"),
    ],
)
def test_what_is_typed_with_or_without_tones_is_found_first(
    page: Page, served_site: str, query: str, first: str, marked: str
) -> None:
    titles = ask(page, served_site, query)
    assert first in titles[0]
    assert marked in page.locator(".search-hit").first.locator("mark").all_inner_texts()


@pytest.mark.parametrize("query", ["duong dan", "đường dẫn", unicodedata.normalize("NFD", "Đường dẫn")])
def test_excerpts_show_the_pages_own_words_with_the_hit_marked(page: Page, served_site: str, query: str) -> None:
    assert ask(page, served_site, query)
    marks = page.locator(".search-excerpt mark").all_inner_texts()
    assert "đường dẫn" in {mark.lower() for mark in marks}


def test_with_tones_the_exact_word_comes_first(page: Page, served_site: str) -> None:
    titles = ask(page, served_site, "sở")
    assert titles
    for hit in page.locator(".search-hit").all()[:3]:
        assert {mark.lower() for mark in hit.locator("mark").all_inner_texts()} == {"sở"}
    ask(page, served_site, "số")
    for hit in page.locator(".search-hit").all()[:3]:
        assert {mark.lower() for mark in hit.locator("mark").all_inner_texts()} == {"số"}


@pytest.mark.parametrize(("one", "other"), [("thủy", "thuỷ"), ("minh họa", "minh hoạ"), ("đại sứ", "đại sứ")])
def test_both_ways_to_set_a_tone_find_the_same(page: Page, served_site: str, one: str, other: str) -> None:
    titles = ask(page, served_site, one)
    assert titles and titles == ask(page, served_site, other)
    assert titles == ask(page, served_site, unicodedata.normalize("NFD", one))


@pytest.mark.parametrize(
    ("query", "words_found"),
    [("UBND", "Ủy ban nhân dân"), ("htx", "hợp tác xã"), ("cntt", "công nghệ thông tin"), ("ủy ban nhân dân", "UBND")],
)
def test_an_abbreviation_finds_its_words_and_they_find_it(
    page: Page, served_site: str, query: str, words_found: str
) -> None:
    ask(page, served_site, query)
    while page.locator("[data-search-more]").is_visible():
        before = page.locator(".search-hit").count()
        page.locator("[data-search-more]").click()
        expect(page.locator(".search-hit").nth(before)).to_be_visible()
    marks = {mark.lower() for mark in page.locator(".search-hit mark").all_inner_texts()}
    assert words_found.lower() in marks


def test_nothing_is_asked_of_the_server_before_the_first_word(page: Page, served_site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(served_site)))
    page.goto(f"{served_site}/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "search" in url]
    page.goto(f"{served_site}/tim-kiem/")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "search" in url] == ["/assets/js/search.js"]
    page.fill(FIELD, "số")
    expect(page.locator(STATUS)).to_contain_text(ANSWERED)
    assert "/search/vi/index.json" in asked
    assert not [url for url in asked if url.startswith("/search/en/")]


def test_one_question_costs_a_weak_network_little(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}/tim-kiem/")
    page.wait_for_load_state("networkidle")
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.fill(FIELD, "binh dan hoc vu so")
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_contain_text(ANSWERED)
    of_index = [answer for answer in answers if "/search/" in answer.url]
    assert len(of_index) < 20
    assert sum(int(answer.headers["content-length"]) for answer in of_index) < 100_000  # before they are compressed
    assert 0 < sum(len(gzip.compress(answer.body())) for answer in answers) < 100_000


SYLLABLES = (
    *("Hưng", "Nguyên", "Nam", "Minh", "Tâm", "Tân", "Phú", "Thành", "Sơn", "Hòa", "Bình"),
    *("Đông", "Tây", "Bắc", "Trung", "Quang", "Vinh", "Lộc", "Thọ", "Xuân", "Hải", "Long"),
)
COMMUNES = [f"{one} {other}" for one in SYLLABLES for other in SYLLABLES if one != other]


def page_of(kind: str, commune: str, place: int) -> Document:
    title = {
        "ke-hoach": f"Kế hoạch triển khai Phong trào “Bình dân học vụ số” xã {commune}",
        "tien-do": f"Tiến độ: Xã {commune}",
    }.get(kind, f"Xã {commune}: báo cáo {kind[-1]}")
    chance = Random(place)  # noqa: S311 - the same words each time
    others = " ".join(chance.choices(SYLLABLES, k=30))
    text = f"<p>Kế hoạch, tiến độ học kỹ năng số ở xã {commune}.</p><p>{others}</p>"
    return Document(f"/{kind}/x{place}/", title, f"Về xã {commune}", "Tin", f"<h1>{title}</h1>{text}")


@pytest.fixture(scope="module")
def large_index() -> dict[str, str]:
    """The files of an index in which words such as ``xã`` stand on more pages than their lists hold."""
    kinds = ("ke-hoach", "tien-do", "tin-tuc/1", "tin-tuc/2", "tin-tuc/3")
    index = SearchIndex({})
    for place, (commune, kind) in enumerate(product(COMMUNES, kinds)):
        index.add(entry_of(page_of(kind, commune, place)))
    files = dict(index.files(""))
    assert '"xa~":"*' in "".join(text for path, text in files.items() if path.startswith("w/"))
    return files


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("xã Tân Phú", "ã Tân Phú"),
        ("xa tan phu", "ã Tân Phú"),
        ("kế hoạch xã Minh Tâm", "Kế hoạch triển khai Phong trào “Bình dân học vụ số” xã Minh Tâm"),
        ("tien do xa thanh hai", "Tiến độ: Xã Thành Hải"),
        ("binh dan hoc vu so hung nguyen", "Kế hoạch triển khai Phong trào “Bình dân học vụ số” xã Hưng Nguyên"),
        ("bình dân học vụ số", "Bình dân học vụ số"),
    ],
)
def test_among_thousands_of_pages_frequent_words_lead_to_the_one_that_is_meant(
    page: Page, served_site: str, large_index: dict[str, str], query: str, first: str
) -> None:
    asked: list[str] = []

    def give(route: Route) -> None:
        path = urlsplit(route.request.url).path.removeprefix("/search/vi/")
        asked.append(large_index[path])
        route.fulfill(body=large_index[path], content_type="application/json")

    page.route("**/search/vi/**", give)
    page.route("**/x*/", lambda route: route.fulfill(body="<div class='page-body'><p>Lời</p></div>"))
    titles = ask(page, served_site, query)
    assert first in titles[0]
    assert sum(len(gzip.compress(text.encode())) for text in asked) < 100_000


def test_the_way_by_keyboard_at_320_pixels(page: Page, served_site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{served_site}/")
    button = page.get_by_role("banner").get_by_role("button", name="Tìm kiếm")
    for _ in range(3):
        page.keyboard.press("Tab")
        if button.evaluate("one => one === document.activeElement"):
            break
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type("dai su so")
    expect(page.locator(STATUS)).to_contain_text("dai su so")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").get_by_role("button", name="Tìm", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".search-title a").first).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served_site}/mo-hinh/dai-su-so/")
    page.go_back()
    expect(page.locator(FIELD)).to_have_value("dai su so")
    expect(page.locator(".search-title a").first).to_contain_text("Đại sứ số")


def test_a_screen_reader_is_told_how_many_and_gets_a_list_of_headings(page: Page, served_site: str) -> None:
    titles = ask(page, served_site, "dai su so")
    status = page.get_by_role("status").filter(has_text="dai su so")
    assert int(re.findall(r"\d+", status.inner_text())[0]) >= len(titles)
    results = page.get_by_role("main").get_by_role("list").filter(has=page.locator(".search-hit"))
    expect(results.get_by_role("listitem").first.get_by_role("heading", level=3).get_by_role("link")).to_be_visible()
    expect(page.get_by_role("searchbox", name="Bạn tìm gì?")).to_be_visible()


def test_more_results_follow_and_the_focus_goes_to_the_first_new_one(page: Page, served_site: str) -> None:
    before = len(ask(page, served_site, "số"))
    page.get_by_role("button", name="Xem thêm kết quả").click()
    expect(page.locator(".search-title a").nth(before)).to_be_focused()


def test_words_that_no_page_has_get_a_kind_answer(page: Page, served_site: str) -> None:
    assert ask(page, served_site, "<zzzz>qqqq") == []
    expect(page.locator(STATUS)).to_contain_text("Không thấy trang nào có “<zzzz>qqqq”")
    assert ask(page, served_site, "đại sứ zzzz")
    expect(page.locator(STATUS)).to_contain_text("Không trang nào có đủ các từ")
    page.fill(FIELD, "")
    expect(page.locator("[data-search-results]")).to_be_hidden()
    expect(page.locator(STATUS)).to_have_text("")


def test_a_lost_network_is_told_and_the_next_try_works(page: Page, served_site: str, faults: list[str]) -> None:
    page.goto(f"{served_site}/tim-kiem/")
    page.route("**/search/**", lambda route: route.abort())
    page.fill(FIELD, "số")
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_contain_text("Chưa tải được kết quả")
    assert faults
    faults.clear()
    page.unroute("**/search/**")
    page.keyboard.press("Enter")
    expect(page.locator(".search-hit").first).to_be_visible()


def test_a_page_that_does_not_come_is_shown_by_its_description(page: Page, served_site: str, faults: list[str]) -> None:
    page.goto(f"{served_site}/tim-kiem/")
    page.route(re.compile(r"/(?!search/|tim-kiem/)[^?]*/$"), lambda route: route.abort())
    page.fill(FIELD, "đường dẫn")
    page.keyboard.press("Enter")
    expect(page.locator(".search-excerpt").first).to_contain_text(re.compile(r"\w{3}"))
    assert faults
    faults.clear()


def test_sample_pages_are_marked_and_real_ones_are_not(page: Page, served_site: str) -> None:
    ask(page, served_site, "xã mẫu")
    for hit in page.locator(".search-hit").all():
        if re.search("/(tien-do|lich)/xa-mau", hit.locator("a").get_attribute("href") or ""):
            expect(hit.locator(".search-sample")).to_have_text("Số liệu minh họa")
    assert page.locator(".search-sample").count()
    ask(page, served_site, "chợ số 4T")
    expect(page.locator(".search-hit").first.locator(".search-sample")).to_have_count(0)


def test_english_searches_english_pages_and_quotes_vietnamese_as_such(page: Page, served_site: str) -> None:
    titles = ask(page, served_site, "digital ambassador", "/en/search/")
    assert titles
    links = page.locator(".search-title a").evaluate_all("all => all.map(one => new URL(one.href).pathname)")
    assert all(link.startswith("/en/") for link in links)
    ask(page, served_site, "hung nguyen nam", "/en/search/")
    for text in page.locator(".search-excerpt[lang=vi]").all_inner_texts():
        assert re.search("[ăâđêôơư]", text)


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_open_results_have_no_fault_that_axe_knows(page: Page, served_site: str, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{served_site}/tim-kiem/?q=xa+mau")
    page.evaluate("scheme => { document.documentElement.dataset.scheme = scheme; }", scheme)
    expect(page.locator(".search-sample").first).to_be_visible()
    found = Axe().run(page, options={"rules": {"color-contrast-enhanced": {"enabled": True}}}).response
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_without_javascript_the_page_leads_to_the_page_of_all_pages(chromium: Browser, served_site: str) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{served_site}/")
    plain.get_by_role("button", name="Tìm kiếm").click()
    assert plain.url.startswith(f"{served_site}/tim-kiem/")
    expect(plain.locator(FIELD)).to_be_hidden()
    expect(plain.get_by_text("cần JavaScript")).to_be_visible()
    plain.get_by_role("main").get_by_role("link", name="Sơ đồ trang").first.click()
    expect(plain).to_have_url(f"{served_site}/so-do-trang/")
    context.close()


def test_the_script_compares_words_as_the_index_does(chromium: Browser, root: Path) -> None:
    source = (root / "theme_overrides/assets/js/search.js").read_text(encoding="utf-8")
    section = source[source.index("/* 1 -----") : source.index("/* 2 -----")]
    text = " ".join(
        [
            "Đường dẫn hòa hoà HÒA ủy uỷ UBND 4T 1.234,5 30,5% 378/KH-UBND “Bình dân học vụ số” nghĩa quốc gia",
            "giữ gìn ngoằn ngoèo khuỷu tay ĐẶNG Ửng ẵm ỷ lại café naïve İstanbul straße Ⅷ ½ x̂y a_b e-mail don’t",
            *(unicodedata.normalize("NFD", one) for one in ("Đại sứ số", "thuở", "quyển", "nghiêng")),
            *(f"{letter}{tone}" for letter in "aăâeêioôơuưy" for tone in "\u0300\u0309\u0303\u0301\u0323"),
            (root / "data/words.yml").read_text(encoding="utf-8"),
        ]
    )
    blank = chromium.new_page()
    found = blank.evaluate(f"text => {{ {section} return wordsOf(text).map(one => [one.spelled, one.folded]); }}", text)
    blank.close()
    ours = [[word, folded(word)] for word in words(text.replace("\n", " "))]
    assert len(ours) > 3000
    assert found == ours


def test_the_script_names_files_as_the_index_does(chromium: Browser, root: Path) -> None:
    source = (root / "theme_overrides/assets/js/search.js").read_text(encoding="utf-8")
    section = source[source.index("function nameOf") : source.index("function shardFile")]
    beginnings = ["", "hoc v", "1.234,5", "đ", "ßa", "𝐀", "ⅷ ½"]
    blank = chromium.new_page()
    found = blank.evaluate(f"all => {{ {section} return all.map(nameOf); }}", beginnings)
    blank.close()
    assert found == list(map(name_of, beginnings))

"""Holds the glossary: its records, where a page explains terms, and that an explanation opens without a script."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from lxml import html as parser
from playwright.sync_api import Browser, Page, expect

from generators.artefact import Artefact
from generators.dataset.glossary import load_glossary
from generators.dataset.loading import Loader
from generators.outputs import glossary
from generators.problems import Problems
from generators.render.html import Templates
from generators.render.terms import Spellings, explain
from generators.schema.glossary import TERM_KINDS
from generators.telling.terms import MOST_A_PAGE
from site_tests.small_project import BASE, small_site

SPELLINGS = Spellings.of({"mã OTP": "otp", "OTP": "otp", "AI": "ai", "đại sứ số": "ambassador", "đại sứ": "envoy"})


def marked(body: str, limit: int = 8, spellings: Spellings = SPELLINGS) -> str:
    return explain(f'<div class="prose">{body}</div>', spellings, lambda name, found: f"[{name}|{found}]", limit)[19:-6]


@pytest.mark.parametrize(
    ("body", "explained"),
    [
        ("<p>Đọc mã OTP. Mã OTP nữa, OTP nữa.</p>", "<p>Đọc [otp|mã OTP]. Mã OTP nữa, OTP nữa.</p>"),
        ("<p>Ai dùng AI?</p>", "<p>Ai dùng [ai|AI]?</p>"),
        ("<p>Một đại sứ\nsố và đại sứ.</p>", "<p>Một [ambassador|đại sứ\nsố] và [envoy|đại sứ].</p>"),
        ("<p>OTPX, x.OTP, OTP-2, a@OTP</p>", "<p>OTPX, x.OTP, OTP-2, a@OTP</p>"),
        ("<h2>AI</h2><p><a href='/x'>AI</a> và AI</p>", "<h2>AI</h2><p><a href='/x'>AI</a> và [ai|AI]</p>"),
        ("<p><code>AI</code> <q>AI</q> <em>AI</em></p>", "<p><code>AI</code> <q>AI</q> <em>[ai|AI]</em></p>"),
        ("<p lang=\"en\">AI</p><p>AI</p>", "<p lang=\"en\">AI</p><p>[ai|AI]</p>"),
        ('<ul class="cards"><li>AI</li></ul><p>AI</p>', '<ul class="cards"><li>AI</li></ul><p>[ai|AI]</p>'),
        ('<p class="lead">AI<br>OTP</p>', '<p class="lead">[ai|AI]<br>[otp|OTP]</p>'),
        ("<table><tr><th>AI</th><td>AI</td></tr></table>", "<table><tr><th>AI</th><td>[ai|AI]</td></tr></table>"),
        ("<p title=\"AI\">x</p><!-- AI -->", "<p title=\"AI\">x</p><!-- AI -->"),
    ],
)
def test_the_first_place_in_running_text_is_explained_and_nothing_else(body: str, explained: str) -> None:
    assert marked(body) == explained


def test_no_more_than_the_limit_is_explained_and_text_outside_is_left_alone() -> None:
    assert marked("<p>AI, OTP, đại sứ</p>", limit=2) == "<p>[ai|AI], [otp|OTP], đại sứ</p>"
    assert explain("<p>AI</p>", SPELLINGS, lambda *_: "!", 8) == "<p>AI</p>"
    assert marked("<p>AI</p>", spellings=Spellings.of({})) == "<p>AI</p>"


def test_a_spelling_of_two_terms_is_refused(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "project")
    (tmp_path / "project/data/glossary.yml").write_text(
        "- {id: mot, kind: plan, name: {vi: Chỉ tiêu, en: target}, text: {vi: A., en: A.}}\n"
        "- {id: hai, kind: plan, name: {vi: mức}, also_vi: [chỉ Tiêu], also_en: [target], text: {vi: B., en: B.}}\n",
        encoding="utf-8",
    )
    problems = Problems()
    load_glossary(Loader(tmp_path / "project", problems))
    # The second term has no English name, so that its English spelling counts nowhere.
    assert [(problem.line, problem.code) for problem in problems] == [(2, "term-twice")]


def test_the_glossary_has_every_term_in_both_languages_and_in_a_group(built_site: Path, root: Path) -> None:
    from generators.source import load_yaml

    source = load_yaml(root, "data/glossary.yml", Problems())
    assert source is not None and len(source.value) >= 25
    assert {tuple(term[key]) for term in source.value for key in ("name", "text")} == {("vi", "en")}
    for name, lang in (("giai-thich", "vi"), ("en/glossary", "en")):
        page = parser.fromstring((built_site / name / "index.html").read_text(encoding="utf-8"))
        shown = {term.get("id"): term for term in page.iterfind(".//dl/dt")}
        assert set(shown) == {term["id"] for term in source.value}
        assert len(page.xpath("//main//h2")) == len(TERM_KINDS)
        assert page.get("lang") == lang


def test_the_rules_of_reading_aloud_name_the_longest_first(root: Path) -> None:
    site = small_site(root)
    rules = glossary.spoken_rules(site, "vi")
    forms = rules["forms"]
    assert isinstance(forms, dict) and forms["CBCCVC"] == "cán bộ, công chức, viên chức"
    assert list(map(len, forms)) == sorted(map(len, forms), reverse=True)
    files = [one.path for one in glossary.render(site, Templates(site.phrase)) if isinstance(one, Artefact)]
    assert files == ["assets/spoken/vi.json", "assets/spoken/en.json"]


def test_no_page_explains_a_term_twice_or_too_many(built_site: Path) -> None:
    explained = 0
    for file in sorted(built_site.rglob("index.html")):
        names = re.findall(r'popovertarget="(tu-[a-z0-9-]+)"', file.read_text(encoding="utf-8"))
        assert len(names) == len(set(names)) <= MOST_A_PAGE, file
        explained += len(names)
    assert explained > 50


def test_an_explanation_opens_by_keyboard_without_a_script_and_escape_closes_it(
    chromium: Browser, served_site: str
) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{served_site}/mo-hinh/cho-so-4t/")
    button = page.get_by_role("button", name="Thương mại điện tử")
    note = page.locator("#tu-thuong-mai-dien-tu")
    expect(note).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    expect(note).to_contain_text("Mua và bán hàng qua mạng.")
    box = note.bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 360
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    button.click()
    note.get_by_role("link").click()
    expect(page).to_have_url(f"{served_site}/giai-thich/#thuong-mai-dien-tu")
    context.close()


def test_a_printed_page_shows_the_word_alone(page: Page, served_site: str) -> None:
    page.goto(f"{served_site}/mo-hinh/cho-so-4t/")
    page.emulate_media(media="print")
    expect(page.locator("#tu-thuong-mai-dien-tu")).to_be_hidden()
    expect(page.get_by_role("button", name="Thương mại điện tử")).to_be_visible()

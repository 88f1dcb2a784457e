"""The progress pages of the real project: whole without any report, honest about gaps, every link leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from posixpath import normpath
from urllib.parse import urljoin

import pytest
from lxml import html

from generators.addresses import indicator_address, method_address, section_address
from generators.artefact import Artefact, Page
from generators.dataset import LANGUAGES
from generators.derive import derive
from generators.frame import Frames
from generators.outputs import calendar_files, feeds, indicators, open_data, posters, progress, share_images
from generators.render.html import Templates
from generators.site import Site
from site_tests import progress_records as make

Made = tuple[Site, tuple[Artefact | Page, ...]]

TODAY = date(2026, 11, 22)
# A figure of nought, or a broken one: "0%", "0,0", "0 trên", "0 of", nan, None.
NOUGHT = re.compile(r"(?<![\d.,/])0(?:[.,]0+)?\s*(?:%|trên |of |người|people)|\bnan\b|\bNone\b(?! of)", re.IGNORECASE)


def _site(*, reports: bool) -> Site:
    data = make.project()
    shown = data if reports else replace(data, reports=())
    known = shown.as_of(TODAY)
    return Site(known, derive(known, TODAY), TODAY, "https://vi-du.example/goc/")


def _made(site: Site) -> tuple[Artefact | Page, ...]:
    templates = Templates(site.phrase)
    return (*progress.render(site, templates), *indicators.render(site, templates))


@pytest.fixture(scope="module")
def full() -> Made:
    site = _site(reports=True)
    return site, _made(site)


@pytest.fixture(scope="module")
def silent() -> Made:
    site = _site(reports=False)
    return site, _made(site)


def _pages(made: tuple[Artefact | Page, ...]) -> list[Page]:
    return [one for one in made if isinstance(one, Page)]


def _text(page: Page) -> str:
    return " ".join(html.fromstring(f"<div>{page.body}</div>").text_content().split())


def test_without_reports_no_page_shows_nought_or_a_broken_chart(silent: Made) -> None:
    site, made = silent
    for page in _pages(made):
        text = _text(page)
        if page.address not in {method_address(lang) for lang in LANGUAGES}:
            assert not NOUGHT.search(text), (page.address, NOUGHT.search(text))
        assert 'class="chart"' not in page.body, page.address
        assert not html.fromstring(f"<div>{page.body}</div>").xpath("//*[@class='target']//rect[2]"), page.address
    assert not [one.path for one in made if one.path.startswith("bieu-do/")]
    pictures = {one.path for one in share_images.render(site, Templates(site.phrase))}
    assert {f"chia-se/{name}.png" for name in ("trang", "trang-en", "tien-do", "tien-do-en")} <= pictures
    assert not pictures & {f"chia-se/{unit}.png" for unit in site.dataset.units}  # a unit's own has figures


def test_without_reports_each_target_still_shows_its_level_and_when_its_figure_comes(
    silent: Made,
) -> None:
    site, made = silent
    pages = {page.address: page for page in _pages(made)}
    for plan in site.dataset.plans.values():
        page = pages[site.unit_address(plan.unit, "vi")]
        levels = [target for target in plan.targets if target.at_least]
        assert page.body.count('class="target"') >= len(levels)
        assert page.body.count('stroke-dasharray="6 5"') == page.body.count('class="target"')
        text = _text(page)
        for target in plan.targets:
            if target.at_least is None:
                assert target.statement.vi in text  # words stand where a bar would be empty
            elif target.at_least.kind == "percent":
                assert f"Chỉ tiêu: {target.at_least.value:n}%".replace(".", ",") in text
    nghe_an = _text(pages["/tien-do/hung-nguyen-nam/"])
    assert "Con số và nguồn sẽ hiện ở đây sau báo cáo quý 4 năm 2026 (hạn 09/12/2026)." in nghe_an
    assert "Kế hoạch không đặt ngày báo cáo." in _text(pages["/tien-do/cao-bang-so-noi-vu/"])
    vinh_linh = _text(pages["/tien-do/vinh-linh/"])
    assert "không còn kỳ báo cáo nào" in vinh_linh and "gửi báo cáo, con số" not in vinh_linh


def test_the_overview_says_in_words_that_nobody_has_reported(silent: Made) -> None:
    _, made = silent
    page = next(page for page in _pages(made) if page.address == "/tien-do/")
    assert "Chưa đơn vị nào trong 4 đơn vị có kế hoạch gửi báo cáo." in _text(page)


def test_the_sample_unit_is_in_no_sum_and_no_list_of_real_units(full: Made) -> None:
    site, made = full
    assert any(report.unit == "xa-mau" for report in site.dataset.reports)
    for page in _pages(made):
        if page.page_class == "page-indicator":
            assert "Xã Mẫu" not in page.body, page.address
    sample = next(page for page in _pages(made) if page.address == "/tien-do/xa-mau/")
    assert sample.sample
    assert sample.body.count("Số liệu minh họa") >= sample.body.count('class="chart"') > 5
    assert [page.address for page in _pages(made) if page.sample] == ["/tien-do/xa-mau/", "/en/progress/xa-mau/"]


def test_every_chart_has_its_sentence_its_table_and_its_file(full: Made) -> None:
    _, made = full
    paths = {one.path for one in made}
    page = next(page for page in _pages(made) if page.address == "/tien-do/xa-mau/")
    charts = html.fromstring(f"<div>{page.body}</div>").xpath("//figure")
    assert len(charts) > 5
    for chart in charts:
        (picture,) = chart.xpath(".//*[@role='img']")
        sentence = chart.xpath(f".//*[@id='{picture.get('aria-describedby')}']")[0].text_content()
        assert re.match(r"[\d.,]+(%| người)", sentence)
        assert chart.xpath(".//details//table//tbody/tr")
        (link,) = chart.xpath(".//a[@download]/@href")
        assert urljoin(page.address, link).lstrip("/") in paths


def _ways(page: Page) -> Iterator[str]:
    for href in html.fromstring(f"<div>{page.body}</div>").xpath("//a/@href"):
        if not href.startswith(("http", "mailto:")):
            yield urljoin(page.address, href)


def test_every_link_leads_to_a_page_a_place_or_a_file(full: Made) -> None:
    site, made = full
    templates = Templates(site.phrase)
    others = (output.render(site, templates) for output in (open_data, calendar_files, feeds, posters))
    files = {f"/{one.path}" for one in (*made, *(one for output in others for one in output))}
    pages = {page.address: page for page in _pages(made)}
    addresses = site.page_addresses()
    for page in pages.values():
        for way in _ways(page):
            address, _, place = way.partition("#")
            assert address in addresses or normpath(address) in files, (page.address, way)
            if place and address in pages:
                assert f'id="{place}"' in pages[address].body, (page.address, way)


def test_pages_are_twins_with_titles_and_descriptions_of_their_own(full: Made) -> None:
    site, made = full
    pages = {page.address: page for page in _pages(made)}
    expected = {section_address("tien-do", lang) for lang in LANGUAGES} | {method_address(lang) for lang in LANGUAGES}
    expected |= {site.unit_address(unit, lang) for unit in site.dataset.units for lang in LANGUAGES}
    expected |= {indicator_address(one, lang) for one in site.dataset.indicators for lang in LANGUAGES}
    assert set(pages) == expected
    assert expected <= site.page_addresses()
    for page in pages.values():
        assert pages[page.twin].twin == page.address
        assert pages[page.twin].lang != page.lang
        assert page.body.count("<h1") == 1
    for what in ("title", "description"):
        for lang in LANGUAGES:
            said = [getattr(page, what) for page in pages.values() if page.lang == lang]
            assert len(set(said)) == len(said), what


def test_ids_are_unique_and_headings_step_down_one_by_one(full: Made) -> None:
    for page in _pages(full[1]):
        body = html.fromstring(f"<div>{page.body}</div>")
        ids = body.xpath("//@id")
        assert len(ids) == len(set(ids)), page.address
        levels = [int(heading.tag[1]) for heading in body.xpath("//h1|//h2|//h3|//h4")]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), page.address
        assert not body.xpath("//@style"), page.address


def test_the_method_works_out_an_example_with_the_cut_offs_of_the_settings(
    full: Made, silent: Made
) -> None:
    site, made = full
    page = next(page for page in _pages(made) if page.address == "/tien-do/cach-tinh/")
    assert "Nhịp từ 0,60 đến dưới 0,95." in _text(page)
    steps = re.search(r"([\d,]+)% ÷ ([\d,]+)% = ([\d,]+)", _text(page))
    assert steps
    way, time, pace = (float(number.replace(",", ".")) for number in steps.groups())
    assert round(way / time, 2) == pytest.approx(pace, abs=0.006)
    without = next(page for page in _pages(silent[1]) if page.address == "/tien-do/cach-tinh/")
    assert "Một ví dụ tính từng bước" in page.body
    assert "Một ví dụ tính từng bước" not in without.body
    assert site.today == TODAY


def test_press_figures_stand_apart_each_with_its_source(full: Made) -> None:
    site, made = full
    page = next(page for page in _pages(made) if page.address == "/tien-do/")
    items = html.fromstring(f"<div>{page.body}</div>").xpath("//dl[@class='press']/div")
    assert len(items) == len(site.dataset.press) > 5
    for item, figure in zip(items, site.dataset.press.values(), strict=True):
        assert figure.source.name.vi in item.text_content()
    for other in _pages(made):
        if other.page_class != "page-progress":
            assert "69,85%" not in other.body


def test_without_press_figures_nothing_promises_any(full: Made) -> None:
    site, _ = full
    without = replace(site, dataset=replace(site.dataset, press={}))
    overviews = [page for page in _pages(_made(without)) if page.address in ("/tien-do/", "/en/progress/")]
    assert len(overviews) == 2
    for page in overviews:
        assert not {site.phrase(name, page.lang) for name in ("progress-press", "progress-press-text")} & set(
            html.fromstring(f"<div>{page.body}</div>").xpath("//text()")
        )


def test_share_images_are_named_in_the_head_with_absolute_addresses(full: Made) -> None:
    site, made = full
    frames = Frames(site, Templates(site.phrase))
    pages = {page.address: page for page in _pages(made)}

    def shared(address: str) -> dict[str, str]:
        head = html.fromstring(f"<head>{frames.slots(pages[address])['head']}</head>")
        return {meta.get("property"): meta.get("content") for meta in head.xpath("//meta[@property]")}

    own = shared("/tien-do/xa-mau/")
    assert own["og:image"] == "https://vi-du.example/goc/chia-se/xa-mau.png"
    assert own["og:image:alt"].startswith("Số liệu minh họa. Tiến độ: Xã Mẫu.")
    assert (own["og:image:width"], own["og:image:height"]) == ("1200", "630")
    assert shared("/en/progress/hung-nguyen-nam/")["og:image"].endswith("/goc/chia-se/tien-do-en.png")
    assert shared("/tien-do/")["og:image"].endswith("/goc/chia-se/tien-do.png")
    made_images = {f"/{one.path}" for one in share_images.render(site, Templates(site.phrase))}
    assert {page.image for page in pages.values() if page.image} <= made_images
    assert {"/chia-se/trang.png", "/chia-se/trang-en.png"} <= made_images


def test_what_a_report_says_beside_its_figures_and_tasks_can_be_read(full: Made) -> None:
    page = next(one.body for one in full[1] if isinstance(one, Page) and one.address == "/tien-do/xa-mau/")
    for said in ("Bốn người nghỉ dài ngày chưa học.", "Cho học bù vào đầu năm 2026.", "Đã vượt mức 80%."):
        assert said in page
    assert 'href="https://binhdanhocvuso.gov.vn"' in page
    assert "Danh sách Đại sứ số theo nơi (minh họa)" in page  # evidence of a task


def test_a_pace_below_nothing_has_a_minus_and_no_hyphen(full: Made) -> None:
    page = next(one.body for one in full[1] if isinstance(one, Page) and one.address == "/tien-do/xa-mau/")
    assert "−5,79% ÷ 68,77% = −0,08" in page


PERIODS = ("2025-q3", "2025", "2025-q4", "2026-q1", "2026-q2", "2026-08", "2026-q3", "2026-10")
PAGE_BYTES = 100_000
FRAME_BYTES = 14_000  # what stands around a page's own content, with its head
WORDS = "Mở lớp buổi tối ở nhà văn hóa, mỗi tuần ít nhất một buổi, có lớp riêng cho người cao tuổi."


def _crowded_unit() -> Site:
    """One unit whose plan has eight targets and ten tasks, and which reported on all of them eight times."""
    data = make.project()
    name = "thanh-pho-rat-dong-12345"
    indicators = list(data.indicators.values())[:8]
    targets = [
        make.target(f"{one.id}-2026", indicator=one.id, group=one.group, population=WORDS[:60], statement=WORDS)
        for one in indicators
    ]
    tasks = [
        {"id": f"viec-{n}", "section": "IV", "text": WORDS, "lead": "Phòng Văn hóa", "when": {"text": "Hằng tuần"}}
        for n in range(10)
    ]
    duties = [
        {"id": "quy", "who": "UBND xã", "text": "Báo cáo quý", "every": "quarter", "section": "VIII",
         "before": {"day": "10", "month_of_period": "last"}}
    ]  # fmt: skip
    plan = make.plan(f"{name}-2025", name, targets, "11/07/2025", tasks=tasks, reporting=duties)
    counted = [(model.id, one.id) for model in data.models.values() for one in model.measures][:14]
    told = {"done": WORDS, "difficulties": WORDS, "evidence": [{"text": "Sổ theo dõi của tổ công nghệ số cộng đồng"}]}
    reports = [
        make.report(
            name,
            period,
            *(make.reading(f"{one.id}-2026", 100 + 90 * turn, 1575, **told) for one in indicators),
            source={"document": f"Báo cáo kỳ {period} của Thành phố Rất Đông (dữ liệu thử)", "date": "15/11/2026"},
            tasks=[{"task": f"viec-{n}", "status": "in_progress", "done": WORDS} for n in range(10)],
            models=[{"model": model, "measure": measure, "value": str(50 + turn)} for model, measure in counted],
        )
        for turn, period in enumerate(PERIODS)
    ]
    unit = make.unit(name, short="Thành phố Rất Đông")
    known = replace(make.dataset([unit], [plan], reports), activities={}, news=(), narratives={}).as_of(TODAY)
    return Site(known, derive(known, TODAY), TODAY, "https://vi-du.example/goc/")


@pytest.fixture(scope="module")
def crowded_unit() -> Page:
    site = _crowded_unit()
    made = progress.render(site, Templates(site.phrase))
    return next(one for one in made if isinstance(one, Page) and one.address == "/tien-do/thanh-pho-rat-dong-12345/")


def test_a_unit_of_eight_targets_with_eight_readings_each_is_a_page_of_less_than_100_kb(crowded_unit: Page) -> None:
    body = html.fromstring(f"<div>{crowded_unit.body}</div>")
    figures = body.xpath("//figure")
    assert len(figures) == 8
    assert all(len(one.xpath(".//tbody/tr/th/a")) == len(PERIODS) for one in figures)
    assert len(body.xpath("//*[@class='board']//li")) == 10
    assert 60_000 < len(crowded_unit.body.encode()) + FRAME_BYTES < PAGE_BYTES


def test_each_figure_leads_to_the_document_that_it_stands_in(crowded_unit: Page) -> None:
    body = html.fromstring(f"<div>{crowded_unit.body}</div>")
    for figure in body.xpath("//figure"):
        ways = figure.xpath(".//tbody/tr/th/a/@href")
        assert len(ways) == len(PERIODS)
        for way, period in zip(ways, reversed(PERIODS), strict=True):
            (document,) = body.xpath(f"//tr[@id='{way.removeprefix('#')}']")
            assert f"Báo cáo kỳ {period} của Thành phố Rất Đông" in document.text_content()
            assert "15/11/2026" in document.text_content()

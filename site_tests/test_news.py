"""News: how items are read, what is out on a day, which lists there are, and how pages show the worst titles."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from PIL import Image
from pydantic import ValidationError

from generators.addresses import news_address
from generators.artefact import Artefact, Page
from generators.derive import derive
from generators.derive.news_entry import visible_line
from generators.derive.report_news import figure_text
from generators.outputs import news as news_output
from generators.pipeline import load_site
from generators.problems import ContentError
from generators.render.html import Templates
from generators.schema.news import NewsMeta, TagAuthority, read_news_date
from generators.site import Site
from generators.telling.progress_words import value_text
from site_tests import progress_records as make

TODAY = date(2026, 11, 22)
HOUSEHOLDS = (("2026-q2", 1400), ("2026-q3", 1430))
URL = "https://hoc.example.vn/"
ITEM = """---
id: {id}
title: {title}
date: {date}
summary: Một câu.
source: {{name: Báo Mẫu, date: 01/02/2026}}
{more}---

Đoạn văn có [liên kết](/bat-dau/).
"""

# What editors and sources may bring; each must come out as these very characters and as nothing else.
HOSTILE = {
    "ampersand": "A & B &amp; C",
    "script": "<script>alert(1)</script>",
    "cdata": "xong ]]> chưa <![CDATA[ lạ ]]>",
    "emoji": "Lớp học 👩🏽‍🌾📱 mở cửa",
    "right-to-left": "Tin \u202eđảo ngược\u202c và \u2067thêm\u2069 nữa",
    "quotes": "Dấu ' và \" trong tên",
    "control characters": "Có \x00 ký \x0b tự \x1b ẩn \ufffe",
    "long": "Rất dài " * 62 + "hết",
}


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """The project's data with its pages, but without its news: a place for items of one's own."""
    for folder in ("data", "content", "theme_overrides/assets/img"):
        shutil.copytree(root / folder, tmp_path / folder, ignore=shutil.ignore_patterns("tin-tuc"))
    return tmp_path


@pytest.fixture
def write(project: Path) -> Callable[..., Path]:
    """Writes one item and gives its file."""

    def writing(item_id: str, *, folder: str = "", title: str = "Tin", day: str = "", more: str = "") -> Path:
        file = project / "content/tin-tuc" / folder / f"{item_id}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        quoted = json.dumps(title, ensure_ascii=False)  # JSON strings are YAML strings
        file.write_text(ITEM.format(id=item_id, title=quoted, date=day or "10/10/2026", more=more), encoding="utf-8")
        return file

    return writing


def load(project: Path, today: date = TODAY, *, sample: bool = True) -> Site:
    return load_site(project, today, URL, sample=sample)[0]


def complaints(project: Path) -> list[str]:
    with pytest.raises(ContentError) as refused:
        load(project)
    return [f"{problem.path}:{problem.line} {problem.code}" for problem in refused.value.problems.errors]


def titled(site: Site, title: str) -> Site:
    """The site with one item so titled, past the reader, which refuses the worst in files: a second wall must hold."""
    (item,) = site.dataset.news
    dataset = replace(site.dataset, news=(replace(item, meta=item.meta.model_copy(update={"title": title})),))
    return replace(site, dataset=dataset, derived=derive(dataset, site.today))


def pages(site: Site) -> dict[str, Page]:
    made = news_output.render(site, Templates(site.phrase))
    return {page.address: page for page in made if isinstance(page, Page)}


def test_the_project_tells_eight_items_in_both_languages_each_with_its_source(root: Path) -> None:
    site = load(root)
    items = [entry for entry in site.derived.news.all.entries if entry.report is None]
    assert len(items) >= 8
    assert all(set(entry.texts) == {"vi", "en"} and entry.source for entry in items)
    assert all(entry.date.day <= TODAY for entry in items)


@pytest.mark.parametrize(
    ("text", "expected", "timed"),
    [
        ("10/10/2026", datetime(2026, 10, 10, 0, 0, tzinfo=UTC), False),
        ("2026-10-10", datetime(2026, 10, 10, 0, 0, tzinfo=UTC), False),
        ("10/10/2026 08:30", datetime(2026, 10, 10, 1, 30, tzinfo=UTC), True),
        ("10/10/2026 8h30", datetime(2026, 10, 10, 1, 30, tzinfo=UTC), True),
        ("2026-10-10T08:30:00+09:00", datetime(2026, 10, 9, 23, 30, tzinfo=UTC), True),
        ("2026-10-10T23:30:00Z", datetime(2026, 10, 10, 23, 30, tzinfo=UTC), True),
    ],
)
def test_a_date_is_read_with_and_without_time_and_always_means_vietnam(
    text: str, expected: datetime, timed: bool
) -> None:
    moment = read_news_date(text)
    assert moment.at == expected
    assert moment.timed is timed
    assert moment.at.isoformat().endswith("+07:00")


def test_the_day_of_an_item_is_the_day_in_vietnam() -> None:
    assert read_news_date("2026-10-10T23:30:00Z").day == date(2026, 10, 11)


@pytest.mark.parametrize("text", ["30/02/2026", "10/10/2026 25:00", "hôm qua", "", "2026-10-10T08:30+99:00"])
def test_a_date_that_is_none_is_refused(text: str) -> None:
    meta = {"id": "a", "title": "A", "date": text, "summary": "B"}
    with pytest.raises(ValidationError, match="bad-news-date"):
        NewsMeta.model_validate(meta)


def test_a_tag_does_not_depend_on_where_the_site_stands() -> None:
    assert TagAuthority("hoc.vi-du.vn", 2026).tag("news/a") == "tag:hoc.vi-du.vn,2026:news/a"


def test_what_is_dated_or_held_back_until_later_is_not_out(project: Path, write: Callable[..., Path]) -> None:
    write("da-qua", day="22/11/2026")
    write("ngay-mai", day="23/11/2026")
    write("giu-lai", day="01/11/2026", more="publish_at: 23/11/2026 06:00\n")
    assert [entry.id for entry in load(project).derived.news.all.entries] == ["da-qua"]
    later = load(project, date(2026, 11, 23))
    assert [entry.id for entry in later.derived.news.all.entries] == ["ngay-mai", "da-qua", "giu-lai"]
    assert not any("ngay-mai" in address or "giu-lai" in address for address in load(project).page_addresses())


def test_the_newest_comes_first_and_equal_times_keep_one_order(project: Path, write: Callable[..., Path]) -> None:
    write("b", day="10/10/2026")
    write("a", day="10/10/2026")
    write("sang", day="10/10/2026 08:30")
    write("cu", day="09/10/2026")
    assert [entry.id for entry in load(project).derived.news.all.entries] == ["sang", "b", "a", "cu"]


def test_an_item_keeps_id_and_address_when_its_file_is_moved(project: Path, write: Callable[..., Path]) -> None:
    file = write("khai-giang", folder="2026/10")
    before = load(project).derived.news.all.entries[0]
    (project / "content/tin-tuc/luu-tru").mkdir()
    file.rename(project / "content/tin-tuc/luu-tru" / file.name)
    after = load(project).derived.news.all.entries[0]
    assert (after.id, news_address(after, "vi")) == (before.id, news_address(before, "vi"))
    assert news_address(after, "en") == "/en/news/2026/10/khai-giang/"


def test_each_mistake_is_told_at_its_place(project: Path, write: Callable[..., Path]) -> None:
    folder = "content/tin-tuc"
    write("mot", folder="a")
    write("mot", folder="b")
    write("sai-ma", more="units: [khong-co]\ntopics: [hoc-o-dau, chua-co]\n")
    write("report-x")
    write("thieu-anh", more="image: mat.png\nalt: Một cái cây\n")
    write("sua-som", more="corrections: {date: 01/01/2026, what: Sửa số}\n")
    (project / folder / "le-loi.en.md").write_text("---\ntitle: A\nsummary: B\n---\n", encoding="utf-8")
    found = complaints(project)
    assert f"{folder}/sua-som.md:2 news-correction-early" in found
    assert f"{folder}/le-loi.en.md:1 news-twin-alone" in found
    assert f"{folder}/thieu-anh.md:7 news-image-missing" in found
    for name in ("sua-som.md", "thieu-anh.md", "le-loi.en.md"):
        (project / folder / name).unlink()
    assert set(complaints(project)) == {
        f"{folder}/b/mot.md:2 news-id-twice",
        f"{folder}/b/mot.md:4 news-address-twice",
        f"{folder}/sai-ma.md:7 reference-unknown",
        f"{folder}/sai-ma.md:8 reference-unknown",
        f"{folder}/report-x.md:2 news-id-reserved",
    }


def test_an_escaped_control_character_is_refused(project: Path, write: Callable[..., Path]) -> None:
    write("la", title="A\u0007B")
    assert complaints(project) == ["content/tin-tuc/la.md:3 control-character"]


def test_a_link_to_nowhere_in_news_is_told(project: Path, write: Callable[..., Path]) -> None:
    file = write("lien-ket")
    file.write_text(file.read_text(encoding="utf-8").replace("/bat-dau/", "/bat-duong/"), encoding="utf-8")
    assert complaints(project) == ["content/tin-tuc/lien-ket.md:9 link-broken"]


def photo(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).save(out, "PNG")
    return out.getvalue()


def test_a_picture_is_published_below_its_item_in_copies_and_shown_with_its_size(
    project: Path, write: Callable[..., Path]
) -> None:
    write("co-anh", folder="x", more="image: lop-hoc.png\nalt: Hai bà cháu cùng xem điện thoại\n")
    (project / "content/tin-tuc/x/lop-hoc.png").write_bytes(photo(640, 427))
    site = load(project)
    made = {one.path: one for one in news_output.render(site, Templates(site.phrase)) if isinstance(one, Artefact)}
    folder = "tin-tuc/2026/10/co-anh/"
    assert set(made) == {f"{folder}lop-hoc.png", f"{folder}lop-hoc.480w.webp", f"{folder}lop-hoc.640w.webp"}
    body = pages(site)["/tin-tuc/2026/10/co-anh/"].body
    image = re.search(r"<img [^>]*>", body)
    assert image is not None
    assert 'alt="Hai bà cháu cùng xem điện thoại" width="640" height="427"' in image.group()
    assert f'srcset="../../../../{folder}lop-hoc.480w.webp 480w, ../../../../{folder}lop-hoc.640w.webp 640w"' in body


_TITLES = re.compile(r'<h2 class="news-entry-title"><a href="[^"]*/(tin-\d\d)/"')


def _numbered(write: Callable[..., Path], numbers: Iterable[int]) -> None:
    """Writes items of which a higher number is a later day."""
    for number in numbers:
        day = date(2026, 7, 1) + timedelta(days=number)
        write(f"tin-{number:02}", day=f"{day:%d/%m/%Y}", more="topics: [ngay-hoi]\nunits: [vinh-linh]\n")


def test_pages_of_a_list_count_from_the_oldest_and_every_item_stands_on_just_one(
    project: Path, write: Callable[..., Path]
) -> None:
    _numbered(write, range(61))
    made = pages(load(project))
    for first in ("/tin-tuc/", "/tin-tuc/2026/", "/tin-tuc/chu-de/ngay-hoi/", "/tin-tuc/don-vi/vinh-linh/"):
        shown = [_TITLES.findall(made[one].body) for one in (f"{first}trang-1/", f"{first}trang-2/", first)]
        assert [len(part) for part in shown] == [20, 20, 21]
        assert [part[::-1] for part in shown] == [
            [f"tin-{number:02}" for number in numbers] for numbers in (range(20), range(20, 40), range(40, 61))
        ]
        assert f"{first}trang-3/" not in made
    titles = [page.title for page in made.values()]
    assert len(titles) == len(set(titles)) + 60  # the items themselves all share one title here
    assert made["/tin-tuc/trang-2/"].title == "Tin tức, trang 2"
    assert "Trang 1: tin từ 01/07/2026 đến 20/07/2026. Trang 1 là những tin cũ nhất." in made["/tin-tuc/trang-1/"].body


def test_a_list_of_less_than_two_pages_stands_on_one(project: Path, write: Callable[..., Path]) -> None:
    _numbered(write, range(39))
    made = pages(load(project))
    assert len(_TITLES.findall(made["/tin-tuc/"].body)) == 39
    assert "/tin-tuc/trang-1/" not in made and 'class="pager"' not in made["/tin-tuc/"].body


def test_a_new_item_changes_no_older_page(project: Path, write: Callable[..., Path]) -> None:
    _numbered(write, range(61))
    before = {name: page for name, page in pages(load(project)).items() if "/trang-" in name}
    _numbered(write, [61])
    after = pages(load(project))
    assert before == {name: after[name] for name in before}
    _numbered(write, range(62, 80))
    after = pages(load(project))
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {name for name in before if name.endswith("/trang-2/")}  # has a neighbour now
    assert all(_TITLES.findall(after[name].body) == _TITLES.findall(before[name].body) for name in before)


def test_from_every_page_of_a_list_one_comes_to_both_ends(project: Path, write: Callable[..., Path]) -> None:
    _numbered(write, range(105))
    made = pages(load(project))
    ways = {
        name: [urljoin(name, link) for link in re.findall(r'<li><a href="([^"]*)">', page.body.partition("pager")[2])]
        for name, page in made.items()
        if name == "/tin-tuc/" or name.startswith("/tin-tuc/trang-")
    }
    page = "/tin-tuc/trang-{}/".format
    assert ways["/tin-tuc/"][:2] == [page(4), page(1)]
    assert ways[page(4)] == ["/tin-tuc/", page(3), page(1)]
    assert ways[page(2)] == ["/tin-tuc/", page(3), page(1)]
    assert ways[page(1)] == ["/tin-tuc/", page(2)]


def test_the_addresses_that_links_are_checked_against_are_the_pages_that_are_made(root: Path) -> None:
    site = load(root)
    prefixes = ("/tin-tuc/", "/en/news/")
    promised = {address for address in site.page_addresses() if address.startswith(prefixes)}
    assert promised == set(pages(site))


def test_every_page_of_news_has_its_twin(root: Path) -> None:
    made = pages(load(root))
    assert all(made[page.twin].twin == page.address for page in made.values() if page.twin)
    assert all(page.twin for page in made.values())  # the project's items are all told in English


def test_an_item_without_english_is_not_in_the_english_list(project: Path, write: Callable[..., Path]) -> None:
    write("chi-viet")
    made = pages(load(project))
    assert made["/tin-tuc/2026/10/chi-viet/"].twin == ""
    assert "chi-viet" not in made["/en/news/"].body
    assert "/en/news/2026/" not in made


def test_a_correction_is_shown_from_its_day_on(project: Path, write: Callable[..., Path]) -> None:
    write("da-sua", more="corrections:\n  - {date: 12/10/2026, what: Sửa số người dự}\n")
    before, after = (load(project, day) for day in (date(2026, 10, 11), date(2026, 10, 12)))
    assert "Sửa số người dự" not in pages(before)["/tin-tuc/2026/10/da-sua/"].body
    body = pages(after)["/tin-tuc/2026/10/da-sua/"].body
    assert "Sửa ngày 12/10/2026:" in body and "Sửa số người dự" in body
    assert after.derived.news.all.entries[0].updated.date() == date(2026, 10, 12)


def test_previous_and_next_follow_the_list(project: Path, write: Callable[..., Path]) -> None:
    for day in (8, 9, 10):
        write(f"ngay-{day}", day=f"{day:02}/10/2026")
    body = pages(load(project))["/tin-tuc/2026/10/ngay-9/"].body
    assert re.search(r'rel="prev" href="[^"]*/ngay-8/"', body)
    assert re.search(r'rel="next" href="[^"]*/ngay-10/"', body)


def test_share_links_load_nothing_and_name_the_page(project: Path, write: Callable[..., Path]) -> None:
    write("chia-se")
    body = pages(load(project))["/tin-tuc/2026/10/chia-se/"].body
    url = "https://hoc.example.vn/tin-tuc/2026/10/chia-se/"
    facebook = re.search(r'href="(https://www\.facebook\.com/[^"]*)"', body)
    assert facebook is not None and unquote(unescape(facebook.group(1))).endswith(f"u={url}")
    assert 'href="https://button-share.zalo.me/' in body
    assert re.search(rf'<button [^>]*data-copy="{re.escape(url)}"[^>]* hidden>', body)
    assert not re.search(r'<(?:img|script|iframe|link)[^>]*(?:src|href)="https:', body)


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_worst_titles_come_out_as_they_are(kind: str, project: Path, write: Callable[..., Path]) -> None:
    write("xau")
    site = titled(load(project), HOSTILE[kind])
    made = pages(site)
    shown = " ".join(re.sub("[\x00\x0b\x1b\ufffe]", "", HOSTILE[kind]).split())
    heading = re.search(r"<h1>(.*?)</h1>", made["/tin-tuc/2026/10/xau/"].body, re.DOTALL)
    assert heading is not None and unescape(heading.group(1)) == shown
    assert "<" not in heading.group(1)
    entry = re.search(r'news-entry-title"><a href="[^"]*">(.*?)</a>', made["/tin-tuc/"].body, re.DOTALL)
    assert entry is not None and unescape(entry.group(1)) == shown


def test_a_line_leaves_no_direction_open_and_holds_nothing_hidden() -> None:
    assert visible_line("a\u202eb") == "a\u202eb\u202c"
    assert visible_line("\u2067a\u202ab\u202c") == "\u2067a\u202ab\u202c\u2069"
    assert visible_line("a\x00b\x0bc\ufffed\x1be") == "abcde"


def test_a_report_makes_an_item_that_tells_figure_and_change(root: Path) -> None:
    news = load(root).derived.news
    told = {entry.id: entry for entry in news.entries if entry.report}
    first, second = told["report-xa-mau-2025-q3"], told["report-xa-mau-2025-q4"]
    assert first.texts["vi"].title.startswith("Xã Mẫu: ")
    assert "đã đạt" in first.texts["vi"].title and "%" in first.texts["vi"].title
    assert ", tăng" not in first.texts["vi"].title
    assert re.search(r": .+ đã đạt [\d.,]+%, tăng [\d.,]+ điểm$", second.texts["vi"].title)
    assert re.search(r": .+ at [\d.,]+%, up [\d.,]+ points$", second.texts["en"].title)
    assert second.report is not None and second.date.day == second.report.reported_on
    assert second.source is not None and second.source.name.vi == second.report.source.document


def test_a_change_is_between_the_printed_values(root: Path) -> None:
    for entry in load(root).derived.news.entries:
        for figure in entry.figures:
            if figure.before and figure.before.shown is not None and figure.point.shown is not None:
                assert figure.change == figure.point.shown - figure.before.shown


def test_sample_items_stand_in_their_units_list_alone(root: Path) -> None:
    site = load(root)
    news = site.derived.news
    samples = {entry.id for entry in news.apart}
    assert samples
    for part in (news.all, *news.lists.values()):
        if (part.kind, part.id) != ("unit", "xa-mau"):
            assert not samples & {entry.id for entry in part.entries}
    made = pages(site)
    assert made["/tin-tuc/don-vi/xa-mau/"].sample
    address = news_address(news.apart[0], "vi")
    assert made[address].sample and not made[address].json_ld
    assert not any(address.strip("/") in page.body for at, page in made.items() if "xa-mau" not in at)


def test_without_the_sample_nothing_tells_of_it(project: Path, write: Callable[..., Path]) -> None:
    write("chuyen-minh-hoa", more="units: [xa-mau]\n")
    assert [entry.id for entry in load(project).derived.news.apart if not entry.report] == ["chuyen-minh-hoa"]
    bare = load(project, sample=False)
    left = [address for address in bare.page_addresses() if address.startswith(("/tin-tuc/", "/en/news/"))]
    assert left and not any("xa-mau" in address or "minh-hoa" in address for address in left)


def test_machines_are_told_what_the_page_says(project: Path, write: Callable[..., Path]) -> None:
    write("may-doc", day="10/10/2026 08:30", more="author: UBND xã\ncorrections: {date: 12/10/2026, what: Sửa số}\n")
    (thing,) = pages(load(project))["/tin-tuc/2026/10/may-doc/"].json_ld
    assert thing["@type"] == "NewsArticle"
    assert thing["datePublished"] == "2026-10-10T08:30:00+07:00"
    assert thing["dateModified"] == "2026-10-12"
    assert thing["author"] == {"@type": "Organization", "name": "UBND xã"}
    assert thing["mainEntityOfPage"] == "https://hoc.example.vn/tin-tuc/2026/10/may-doc/"


def test_a_count_and_its_change_are_said_in_the_plan_s_own_unit_as_on_all_other_pages() -> None:
    unit = make.unit("xa-a", "commune", short="Xã A")
    plan = make.plan("ke-hoach-a", "xa-a", [make.target("muc", at_least="600 hộ")])
    told = [make.report("xa-a", period, make.reading("muc", count)) for period, count in HOUSEHOLDS]
    data = replace(make.dataset([unit], [plan], told), activities={}, news=(), narratives={}, press={})
    site = Site(data, derive(data, TODAY), TODAY, "https://vi-du.example/")
    (only,) = site.derived.progress["ke-hoach-a"]
    newest = site.derived.news.all.entries[0]
    assert only.latest is not None
    printed = value_text(site, only.target, only.latest.shown, "vi")
    assert printed == "1.430 hộ"
    assert newest.texts["vi"].title.endswith(f"đã đạt {printed}, tăng 30 hộ")
    assert figure_text(data, newest.figures[0], "vi") == printed

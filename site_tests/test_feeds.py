"""Feeds: what three independent readers make of them, what changes them, and what does not."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree

from generators.artefact import Artefact, Page
from generators.frame import Frames
from generators.limits import FEED_ENTRIES
from generators.outputs import feeds as feeds_output
from generators.outputs import models as models_output
from generators.pipeline import load_site
from generators.render.feeds import Entry, Feed, FeedImage, FeedSource, atom, feed_html, json_feed, rss
from generators.render.html import Templates
from generators.site import Site

TODAY = date(2026, 11, 22)
URL = "https://hoc.example.vn/"
VIETNAM = timezone(timedelta(hours=7))
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
WRITERS: dict[str, Callable[[Feed, str], bytes]] = {"feed.xml": rss, "atom.xml": atom, "feed.json": json_feed}

# As in test_news.py, and what a reader shows: XML holds no control characters at all.
HOSTILE = {
    "A & B &amp; C": "A & B &amp; C",
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    "xong ]]> chưa <![CDATA[ lạ ]]>": "xong ]]> chưa <![CDATA[ lạ ]]>",
    "Lớp học 👩🏽‍🌾📱 mở cửa": "Lớp học 👩🏽‍🌾📱 mở cửa",
    "Tin \u202eđảo\u202c xong": "Tin \u202eđảo\u202c xong",
    "Có \x00 ký \x0b tự \ufffe ẩn \ud800!": "Có  ký  tự  ẩn !",
    "Rất dài " * 62 + "hết.": "Rất dài " * 62 + "hết.",
}


def make_entry(number: int = 1, **changes: Any) -> Entry:
    day = datetime(2026, 10, 1, 7, tzinfo=VIETNAM) + timedelta(days=number)
    plain = Entry(
        id=f"tag:hoc.example.vn,2026:news/tin-{number}",
        url=f"https://hoc.example.vn/tin-tuc/2026/10/tin-{number}/",
        title=f"Tin số {number}",
        summary="Một câu.",
        content='<p>Đủ lời, có <a href="../../../../bat-dau/">liên kết</a>.</p>',
        published=day,
        updated=day,
    )
    return replace(plain, **changes)


def make_feed(*entries: Entry) -> Feed:
    return Feed(
        id="tag:hoc.example.vn,2026:feed/all/vi",
        title="Tin tức",
        description="Tin của phong trào.",
        lang="vi",
        home="https://hoc.example.vn/",
        entries=entries,
        author="Bình dân học vụ số",
        since=datetime(2026, 1, 1, 7, tzinfo=VIETNAM),
    )


def write(feed: Feed, file: str) -> bytes:
    return WRITERS[file](feed, f"https://hoc.example.vn/{file}")


def parsed(content: bytes) -> Any:
    feed = feedparser.parse(content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return load_site(root, TODAY, URL)[0]


@pytest.fixture(scope="module")
def published(site: Site) -> dict[str, bytes]:
    made = feeds_output.render(site, Templates(site.phrase))
    return {one.path: one.content for one in made if isinstance(one, Artefact) and isinstance(one.content, bytes)}


def feeds_of(project: Path) -> dict[str, bytes]:
    made = load_site(project, TODAY, URL)[0]
    artefacts = feeds_output.render(made, Templates(made.phrase))
    return {one.path: one.content for one in artefacts if isinstance(one, Artefact) and isinstance(one.content, bytes)}


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """A copy of the project's data and content, to change."""
    for folder in ("data", "content", "theme_overrides/assets/img"):
        shutil.copytree(root / folder, tmp_path / folder)
    return tmp_path


def of_kind(published: dict[str, bytes], file: str) -> dict[str, bytes]:
    return {path: content for path, content in published.items() if path.rpartition("/")[2] == file}


def test_all_news_and_each_topic_model_and_unit_has_three_feeds_in_two_languages(
    site: Site, published: dict[str, bytes]
) -> None:
    data = site.dataset
    assert len(published) == 6 * (1 + len(data.topics) + len(data.models) + len(data.units))
    assert {
        "feed.xml",
        "tien-do/vinh-linh/atom.xml",
        "mo-hinh/cho-so-4t/feed.json",
        "tin-tuc/chu-de/van-ban/feed.xml",
        "en/feed.xml",
        "en/progress/vinh-linh/atom.xml",
        "en/models/4t-digital-market/feed.json",
        "en/news/topic/documents/feed.xml",
    } <= set(published)


def test_rss_keeps_the_rules_of_its_specification(published: dict[str, bytes]) -> None:
    for path, content in of_kind(published, "feed.xml").items():
        root = etree.fromstring(content)
        assert root.tag == "rss" and root.get("version") == "2.0"
        (channel,) = root
        for name in ("title", "link", "description", "language", "lastBuildDate", "docs", "generator"):
            assert len(channel.findall(name)) == 1 and channel.findtext(name), (path, name)
        (own,) = channel.findall(f"{ATOM}link")
        assert dict(own.attrib) == {"href": f"{URL}{path}", "rel": "self", "type": "application/rss+xml"}
        assert channel.findtext("link", "").startswith(URL)
        assert channel.findtext("language") == ("en" if path.startswith("en/") else "vi")
        for item in channel.findall("item"):
            for name in ("title", "link", "description", "guid", "pubDate", CONTENT):
                assert len(item.findall(name)) == 1, (path, name)
            guid = item.find("guid")
            assert guid is not None and guid.get("isPermaLink") == "false"
            assert re.fullmatch(r"\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0700", item.findtext("pubDate", ""))


def test_atom_keeps_the_rules_of_rfc_4287(published: dict[str, bytes]) -> None:
    for path, content in of_kind(published, "atom.xml").items():
        feed = etree.fromstring(content)
        assert feed.tag == f"{ATOM}feed"
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == ("en" if path.startswith("en/") else "vi")
        for name in ("id", "title", "updated", "subtitle"):
            assert len(feed.findall(ATOM + name)) == 1 and feed.findtext(ATOM + name), (path, name)
        own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert own == [f"{URL}{path}"]
        for entry in feed.findall(f"{ATOM}entry"):
            for name in ("id", "title", "updated", "published", "content", "summary"):
                assert len(entry.findall(ATOM + name)) == 1
            assert entry.findtext(f"{ATOM}author/{ATOM}name")
            content_element = entry.find(f"{ATOM}content")
            assert content_element is not None and content_element.get("type") == "html"
            assert len([link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]) == 1


def test_json_feed_keeps_the_rules_of_version_1_1(published: dict[str, bytes]) -> None:
    for path, content in of_kind(published, "feed.json").items():
        feed = json.loads(content)
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"] == f"{URL}{path}"
        assert feed["title"] and feed["authors"][0]["name"] and feed["language"] in {"vi", "en"}
        for item in feed["items"]:
            assert item["id"] and item["url"].startswith(URL) and item["content_html"]
            assert datetime.fromisoformat(item["date_published"]).utcoffset() == timedelta(hours=7)
            assert all(key.startswith("_") or key in JSON_KEYS for key in item)


JSON_KEYS = {
    "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image",
    "date_published", "date_modified", "authors", "tags", "language", "attachments",
}  # fmt: skip


def test_an_independent_reader_finds_no_fault_and_the_same_items_in_each_format(published: dict[str, bytes]) -> None:
    for path, content in of_kind(published, "feed.xml").items():
        folder = path.removesuffix("feed.xml")
        by_rss, by_atom = parsed(content), parsed(published[f"{folder}atom.xml"])
        by_json = json.loads(published[f"{folder}feed.json"])["items"]
        assert by_rss.version == "rss20" and by_atom.version == "atom10"
        ids = [entry.id for entry in by_rss.entries]
        assert ids == [entry.id for entry in by_atom.entries] == [item["id"] for item in by_json]
        assert len(ids) == len(set(ids))
        times = [entry.published_parsed for entry in by_rss.entries]
        assert times == sorted(times, reverse=True) == [entry.published_parsed for entry in by_atom.entries]
        assert [entry.title for entry in by_atom.entries] == [item["title"] for item in by_json]


def test_the_main_feed_tells_the_items_with_their_tones_dates_and_sources(published: dict[str, bytes]) -> None:
    feed = parsed(published["feed.xml"])
    told = {entry.id.rpartition("/")[2]: entry for entry in feed.entries}
    item = told["luat-chuyen-doi-so"]
    assert item.title == "Luật Chuyển đổi số có hiệu lực từ ngày 01/07/2026"
    assert item.published == "Wed, 01 Jul 2026 07:00:00 +0700"
    assert item.published_parsed[:3] == (2026, 7, 1)  # the same day for programs that reckon in UTC
    assert item.dc_source == "Luật Chuyển đổi số, số 148/2025/QH15, năm 2025"
    assert [tag.term for tag in item.tags] == ["Văn bản mới"]
    assert "148/2025/QH15" in item.content[0].value
    assert not any("xa-mau" in entry_id for entry_id in told)


def test_every_address_in_a_feed_is_whole(published: dict[str, bytes]) -> None:
    for content in of_kind(published, "feed.json").values():
        for item in json.loads(content)["items"]:
            for address in re.findall(r'(?:href|src)="([^"]*)"', item["content_html"]):
                assert urlsplit(address).scheme in {"https", "mailto"}, address
    nghe_an = parsed(published["tien-do/hung-nguyen-nam/feed.xml"]).entries[0].content[0].value
    assert 'href="https://hoc.example.vn/ke-hoach/hung-nguyen-nam-2025/"' in nghe_an


def test_a_sample_units_feed_says_so_at_every_item(published: dict[str, bytes]) -> None:
    feed = parsed(published["tien-do/xa-mau/feed.xml"])
    assert feed.entries
    for entry in feed.entries:
        assert entry.title.startswith("Số liệu minh họa: ")
        assert "Số liệu minh họa" in entry.content[0].value
    for path, content in of_kind(published, "feed.xml").items():
        assert ("report-xa-mau" in content.decode()) == ("xa-mau" in path)


def test_a_feed_without_news_is_valid_and_dated_once_for_all(site: Site, published: dict[str, bytes]) -> None:
    feed = parsed(published["tien-do/vinh-linh/feed.xml"])
    assert not feed.entries
    assert feed.feed.title.startswith("Bình dân học vụ số: tin về ") and "Vĩnh Linh" in feed.feed.title
    year = site.dataset.campaign.tag_authority.year
    assert parsedate_to_datetime(feed.feed.updated) == datetime(year, 1, 1, 7, tzinfo=VIETNAM)


def test_nothing_changes_when_nothing_has_changed(root: Path, published: dict[str, bytes]) -> None:
    """Neither a second build nor a later day changes a byte."""
    later = load_site(root, date(2026, 11, 23), URL)[0]
    again = {
        one.path: one.content
        for one in feeds_output.render(later, Templates(later.phrase))
        if isinstance(one, Artefact)
    }
    assert again == published


def test_moving_a_file_to_another_folder_announces_nothing_again(project: Path, published: dict[str, bytes]) -> None:
    news = project / "content/tin-tuc"
    (news / "luu-tru/cu").mkdir(parents=True)
    for file in sorted((news / "2025").rglob("*.md")):
        file.rename(news / "luu-tru/cu" / file.name)
    assert feeds_of(project) == published


def test_changing_one_item_changes_the_feeds_that_hold_it_and_no_other(
    site: Site, project: Path, published: dict[str, bytes]
) -> None:
    file = project / "content/tin-tuc/2025/05/nghe-an-ke-hoach-378.md"
    file.write_text(file.read_text(encoding="utf-8").replace("Xem đủ ở trang", "Xem tất cả ở trang"), encoding="utf-8")
    after = feeds_of(project)
    changed = {path.rpartition("/")[0] for path in published if after[path] != published[path]}
    assert changed == {
        "",
        "tin-tuc/chu-de/van-ban",
        "tien-do/tinh-nghe-an",
        "tien-do/hung-nguyen-nam",
        "mo-hinh/lop-hoc-binh-dan-hoc-vu-so",
    }
    before, now = (json.loads(files["feed.json"])["items"] for files in (published, after))
    assert [one["id"] for one, other in zip(before, now, strict=True) if one != other] == [
        site.dataset.campaign.tag_authority.tag("news/nghe-an-ke-hoach-378")
    ]


def test_ids_stay_when_the_site_moves_to_another_address(root: Path, published: dict[str, bytes]) -> None:
    moved = load_site(root, TODAY, "https://khac.example.org/con/")[0]
    artefacts = feeds_output.render(moved, Templates(moved.phrase))
    made = {one.path: one.content for one in artefacts if isinstance(one, Artefact)}
    before, after = (parsed(files["atom.xml"]) for files in (published, made))
    assert after.feed.id == before.feed.id
    assert [entry.id for entry in after.entries] == [entry.id for entry in before.entries]
    assert after.entries[0].link.startswith("https://khac.example.org/con/tin-tuc/")


@pytest.mark.parametrize("file", WRITERS)
def test_changing_one_item_changes_its_own_entry_alone(file: str) -> None:
    entries = [make_entry(number) for number in (3, 2, 1)]
    corrected = replace(entries[1], summary="Câu đã sửa.", updated=datetime(2026, 10, 20, 7, tzinfo=VIETNAM))
    before = write(make_feed(*entries), file).decode().splitlines()
    after = write(make_feed(entries[0], corrected, entries[2]), file).decode().splitlines()
    gone = [line for line in before if line not in after]
    new = [line for line in after if line not in before]
    assert any("Câu đã sửa." in line for line in new)
    allowed = ("Câu đã sửa.", "2026-10-20T07:00:00+07:00", "Tue, 20 Oct 2026 07:00:00 +0700", "date_published")
    assert all(any(word in line for word in allowed) for line in new), new
    assert len(gone) <= 3
    assert [line for line in before if "tin-1" in line] == [line for line in after if "tin-1" in line]


def test_a_correction_is_marked_in_every_format() -> None:
    entry = make_entry(1, updated=datetime(2026, 10, 20, 7, tzinfo=VIETNAM))
    feed = make_feed(entry)
    item = etree.fromstring(write(feed, "feed.xml")).find("channel/item")
    assert item is not None and item.findtext(f"{ATOM}updated") == "2026-10-20T07:00:00+07:00"
    assert item.findtext("pubDate") == "Fri, 02 Oct 2026 07:00:00 +0700"
    (read,) = parsed(write(feed, "atom.xml")).entries
    assert (read.published, read.updated) == ("2026-10-02T07:00:00+07:00", "2026-10-20T07:00:00+07:00")
    (told,) = json.loads(write(feed, "feed.json"))["items"]
    assert told["date_modified"] == "2026-10-20T07:00:00+07:00"
    untouched = make_feed(make_entry(1))
    assert etree.fromstring(write(untouched, "feed.xml")).find(f"channel/item/{ATOM}updated") is None
    assert "date_modified" not in json.loads(write(untouched, "feed.json"))["items"][0]


def test_the_build_date_is_that_of_the_newest_change() -> None:
    late = make_entry(1, updated=datetime(2026, 10, 20, 7, tzinfo=VIETNAM))
    channel = etree.fromstring(write(make_feed(make_entry(3), late), "feed.xml")).find("channel")
    assert channel is not None
    assert parsedate_to_datetime(channel.findtext("lastBuildDate", "")) == datetime(2026, 10, 20, tzinfo=UTC)


ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"


def _add_items(project: Path, numbers: range) -> None:
    """Adds short items, a higher number being a later day."""
    folder = project / "content/tin-tuc/2026/nhieu"
    folder.mkdir(exist_ok=True)
    for number in numbers:
        day = date(2026, 5, 1) + timedelta(days=number)
        told = f"---\nid: tin-{number}\ntitle: Tin số {number}\ndate: {day:%d/%m/%Y}\nsummary: Một câu.\n"
        cited = "topics: [ngay-hoi]\nsource: {name: Báo Mẫu, date: 01/02/2026}\n"
        (folder / f"tin-{number}.md").write_text(f"{told}{cited}---\n\nMột đoạn.\n", encoding="utf-8")


def _walked(files: dict[str, bytes], step: Callable[[bytes], str]) -> list[str]:
    """The paths of the feed of all news and its archive documents, each led to by the one before."""
    found = ["atom.xml"]
    while url := step(files[found[-1]]):
        found.append(url.removeprefix(URL))
    return found


def _link(rel: str) -> Callable[[bytes], str]:
    def step(content: bytes) -> str:
        return next((one.get("href", "") for one in etree.fromstring(content).findall(f"{ATOM}link[@rel='{rel}']")), "")

    return step


def test_a_long_feed_goes_on_in_archive_documents_until_every_item_is_told(project: Path) -> None:
    _add_items(project, range(120))
    files = feeds_of(project)
    total = len(load_site(project, TODAY, URL)[0].derived.news.all.in_language("vi"))
    chain = _walked(files, _link("prev-archive"))
    documents = [etree.fromstring(files[path]) for path in chain]
    ids = [one.findtext(f"{ATOM}id") for document in documents for one in document.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) == total
    days = [one.findtext(f"{ATOM}published") for document in documents for one in document.findall(f"{ATOM}entry")]
    assert days == sorted(days, reverse=True)
    assert FEED_ENTRIES <= len(documents[0].findall(f"{ATOM}entry")) < 2 * FEED_ENTRIES
    assert chain[-1] == "luu-tru/1/atom.xml" and len(chain) == total // FEED_ENTRIES
    assert [document.find(ARCHIVE) is not None for document in documents] == [False, *[True] * (len(chain) - 1)]
    assert {document.findtext(f"{ATOM}id") for document in documents} == {documents[0].findtext(f"{ATOM}id")}
    for newer, path in pairwise(chain[1:]):
        assert _link("next-archive")(files[path]) == f"{URL}{newer}"
    for path in chain[1:]:
        assert _link("current")(files[path]) == f"{URL}atom.xml"
        assert _link("self")(files[path]) == f"{URL}{path}"
        assert not feedparser.parse(files[path]).bozo


def test_json_feed_and_rss_lead_on_too(project: Path) -> None:
    _add_items(project, range(120))
    files = feeds_of(project)
    path, ids = "feed.json", []
    while path:
        document = json.loads(files[path])
        ids += [item["id"] for item in document["items"]]
        assert all("content_html" in item or item["content_text"] for item in document["items"])
        path = document.get("next_url", "").removeprefix(URL)
    assert len(ids) == len(set(ids)) == len(load_site(project, TODAY, URL)[0].derived.news.all.in_language("vi"))
    (link,) = etree.fromstring(files["feed.xml"]).findall(f"channel/{ATOM}link[@rel='prev-archive']")
    assert link.get("href") == _link("prev-archive")(files["atom.xml"])
    assert feedparser.parse(files["feed.xml"]).feed.link == URL


def test_a_new_item_changes_no_archive_document(project: Path) -> None:
    _add_items(project, range(120))
    before = {path: content for path, content in feeds_of(project).items() if path.startswith("luu-tru/")}
    _add_items(project, range(120, 121))
    after = feeds_of(project)
    assert before
    assert {path: after[path] for path in before} == before


def test_a_part_of_the_news_has_its_newest_in_its_feed_and_no_archive(project: Path) -> None:
    _add_items(project, range(120))
    files = feeds_of(project)
    document = etree.fromstring(files["tin-tuc/chu-de/ngay-hoi/atom.xml"])
    assert FEED_ENTRIES <= len(document.findall(f"{ATOM}entry")) < 2 * FEED_ENTRIES
    assert _link("prev-archive")(files["tin-tuc/chu-de/ngay-hoi/atom.xml"]) == ""


def test_a_picture_and_a_source_are_carried() -> None:
    image = FeedImage("https://hoc.example.vn/a/anh.png", "image/png", 12345)
    feed = make_feed(make_entry(image=image, source=FeedSource("Báo Mẫu, 01/02/2026", "https://bao.example.vn/1")))
    (item,) = parsed(write(feed, "feed.xml")).entries
    (enclosure,) = item.enclosures
    assert (enclosure.href, enclosure.type, enclosure.length) == (image.url, "image/png", "12345")
    assert item.dc_source == "Báo Mẫu, 01/02/2026"
    (entry,) = parsed(write(feed, "atom.xml")).entries
    assert {link.rel: link.href for link in entry.links} == {
        "alternate": "https://hoc.example.vn/tin-tuc/2026/10/tin-1/",
        "enclosure": image.url,
        "via": "https://bao.example.vn/1",
    }
    (told,) = json.loads(write(feed, "feed.json"))["items"]
    assert told["attachments"] == [{"url": image.url, "mime_type": "image/png", "size_in_bytes": 12345}]
    assert told["_source"] == {"name": "Báo Mẫu, 01/02/2026", "url": "https://bao.example.vn/1"}


@pytest.mark.parametrize(("title", "shown"), HOSTILE.items(), ids=range(len(HOSTILE)))
def test_the_worst_titles_come_out_right(title: str, shown: str) -> None:
    feed = make_feed(make_entry(title=title, summary=title, categories=(("topic/a", title),), author=title))
    item = etree.fromstring(write(feed, "feed.xml")).find("channel/item")
    assert item is not None
    assert [item.findtext(name) for name in ("title", "description", "category")] == [shown] * 3
    (entry,) = etree.fromstring(write(feed, "atom.xml")).findall(f"{ATOM}entry")
    assert [entry.findtext(ATOM + name) for name in ("title", "summary")] == [shown] * 2
    (told,) = json.loads(write(feed, "feed.json").decode("utf-8"))["items"]
    assert (told["title"], told["summary"], told["tags"]) == (shown, shown, [shown])
    for file in ("feed.xml", "atom.xml"):
        parsed(write(feed, file))


def test_the_worst_content_can_do_no_harm_in_a_reader() -> None:
    html = (
        "<p onclick='x()'>Chữ ]]> \x0b và <b>đậm</b><script>alert(1)</script><style>p{}</style></p>"
        '<img src="../anh.png" onerror="x()" alt="a &amp; b"><a href="javascript:alert(1)">x</a>'
        '<a href="?a=1&amp;b=2#c">y</a><iframe src="https://bad.example/"></iframe>'
    )
    clean = feed_html(html, "https://hoc.example.vn/tin-tuc/a/")
    assert clean == (
        "<p>Chữ ]]&gt;  và <b>đậm</b></p>"
        '<img src="https://hoc.example.vn/tin-tuc/anh.png" alt="a &amp; b"><a>x</a>'
        '<a href="https://hoc.example.vn/tin-tuc/a/?a=1&amp;b=2#c">y</a>'
    )
    feed = make_feed(make_entry(content=html))
    item = etree.fromstring(write(feed, "feed.xml")).find("channel/item")
    assert item is not None
    assert item.findtext(CONTENT) == feed_html(html, "https://hoc.example.vn/tin-tuc/2026/10/tin-1/")


def test_the_page_of_all_feeds_links_each_of_them(site: Site, published: dict[str, bytes]) -> None:
    for page in feeds_output.render(site, Templates(site.phrase)):
        if isinstance(page, Page):
            linked = set(re.findall(r'href="[./]*/([^"]*(?:feed\.xml|atom\.xml|feed\.json))"', page.body))
            assert linked == {path for path in published if path.startswith("en/") == (page.lang == "en")}


def test_every_page_names_the_feeds_of_all_news_and_a_model_its_own_too(
    site: Site, published: dict[str, bytes]
) -> None:
    templates = Templates(site.phrase)
    frames = Frames(site, templates)
    plain = Page("/gioi-thieu/", "vi", "Giới thiệu", "Một câu.", "<h1>Giới thiệu</h1>", "")
    pages = {page.address: page for page in models_output.render(site, templates) if isinstance(page, Page)}
    model = pages["/en/models/4t-digital-market/"]
    for page, own in ((plain, ""), (model, "en/models/4t-digital-market/")):
        head = frames.slots(page)["head"]
        links = re.findall(r'<link rel="alternate" type="([^"]*)" title="([^"]*)" href="([^"]*)">', head)
        start = "en/" if page.lang == "en" else ""
        depth = page.address.count("/") - 1
        expected = [f"{folder}{file}" for folder in dict.fromkeys((start, own or start)) for file in WRITERS]
        assert [href.removeprefix("../" * depth) for _, _, href in links] == expected
        assert set(expected) <= set(published)
        assert len({title for _, title, _ in links}) == len(links)
        assert {kind.removeprefix("application/") for kind, _, _ in links} == {"rss+xml", "atom+xml", "feed+json"}


def test_a_feed_names_a_style_sheet_that_is_there(root: Path, published: dict[str, bytes]) -> None:
    """Browsers show XML by it, as they are dropping XSLT."""
    for path in ("feed.xml", "tien-do/vinh-linh/atom.xml", "en/progress/vinh-linh/feed.xml"):
        named = re.search(rb'<\?xml-stylesheet type="text/css" href="([^"]*)"\?>\n<', published[path])
        assert named is not None
        depth = path.count("/")
        climb, _, file = named.group(1).decode().partition("assets/")
        assert climb == ("../" * depth or "./")
        assert (root / "theme_overrides/assets" / file).is_file()

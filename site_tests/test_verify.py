"""The last look at a built tree finds each planted fault, and says in which file it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from generators.adapters.verify import REQUIRED, QuickLook, verify_site
from generators.adapters.verify.files import MOST_BYTES

URL = "https://example.com/so/"
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
GOOD: dict[str, str] = {
    "index.html": """<!doctype html><html><head><link rel="stylesheet" href="a/site.css">
        <link rel="canonical" href="https://example.com/so/"><link rel="alternate" href="feed.xml">
        <script type="application/ld+json">{"@id": "x"}</script></head><body><main id="noi-dung">
        <a href="tin/">x</a><a href="tin/#dau">x</a><a href="#noi-dung">x</a><a href="https://example.org/y">x</a>
        <a href="mailto:a@example.com">x</a><a href="https://example.com/so/tin/">x</a>
        <a href="webcal://example.com/so/lich.ics">x</a><img src="a/x.svg" alt=""></main></body></html>""",
    "tin/index.html": '<h1 id="dau">x</h1><a href="/so/">x</a><a href="../404.html">x</a>',
    "404.html": '<a href="/so/tin/">x</a>',
    "a/site.css": "/* url(no.png) */ p { background: url('x.svg') } i { background: url(data:image/png;base64,AA) }",
    "a/x.svg": '<svg xmlns="http://www.w3.org/2000/svg"><defs><path id="p"/></defs><use href="#p"/></svg>',
    "feed.xml": '<rss version="2.0"><channel><link>https://example.com/so/tin/</link></channel></rss>',
    "lich.ics": CALENDAR,
    "api/v1/x.json": '{"url": "https://example.com/so/tin/", "of": "https://example.com/so/api/v1/{id}.json"}',
    "api/v1/x.csv": "a,b\r\n1,https://example.com/so/tin/\r\n",
}
BODY = "</main>"


def lay_out(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return folder


def looked_at(folder: Path, *, hands: int = 1) -> QuickLook:
    """The look of so many processes, each at its share of the files."""
    looks = [QuickLook(URL) for _ in range(hands)]
    for number, file in enumerate(sorted(path for path in folder.rglob("*") if path.is_file())):
        looks[number % hands].note(file.relative_to(folder).as_posix(), file.read_bytes())
    for other in looks[1:]:
        looks[0].add(other)
    return looks[0]


def in_page(text: str) -> dict[str, str]:
    return {"index.html": GOOD["index.html"].replace(BODY, text + BODY)}


def test_a_whole_site_has_no_fault(tmp_path: Path) -> None:
    assert verify_site(lay_out(tmp_path, GOOD), URL, ("index.html", "404.html")) == []
    assert looked_at(tmp_path).is_whole(("index.html", "404.html"))
    assert looked_at(tmp_path, hands=3).is_whole(("index.html", "404.html"))


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        (in_page('<a href="../nowhere/">x</a>'), "index.html: broken link: ../nowhere/"),
        (in_page('<a href="/tin/">x</a>'), None),  # from the root, without the folder in which the site stands
        (in_page('<a href="https://example.com/so/mat/">x</a>'), "index.html: broken link: https://example.com/so/mat/"),
        (in_page('<a href="#nothing">x</a>'), "index.html: broken anchor: #nothing"),
        (in_page('<a href="tin/#noi-dung">x</a>'), "index.html: broken anchor: tin/#noi-dung"),
        (in_page('<p id="noi-dung">x</p>'), "index.html: id twice: noi-dung"),
        (in_page('<img src="missing.png" alt="">'), "index.html: broken link: missing.png"),
        (in_page('<img srcset="a/x.svg 1x, b.png 2x" alt="">'), "index.html: broken link: b.png"),
        (in_page('<link rel="manifest" href="app.webmanifest">'), "index.html: broken link: app.webmanifest"),
        (in_page('<script src="//a.b/c.js"></script>'), "index.html: loaded from another host: //a.b/c.js"),
        (in_page('<img src="https://a.b/c.png">'), "index.html: loaded from another host: https://a.b/c.png"),
        (in_page('<link rel="preconnect" href="https://a.b">'), "index.html: loaded from another host: https://a.b"),
        (in_page('<video poster="https://a.b/c.png">'), "index.html: loaded from another host: https://a.b/c.png"),
        (in_page('<a href="javascript:alert(1)">x</a>'), "index.html: unsafe link: javascript:alert(1)"),
        (in_page('<a href="http://example.org/">x</a>'), "index.html: unsafe link: http://example.org/"),
        (in_page('<a href="//example.org/">x</a>'), "index.html: unsafe link: //example.org/"),
        (in_page('<a href="ti\tn/">x</a>'), "index.html: unsafe link: ti\tn/"),  # a browser reads it as tin/
        (in_page('<img src="a/\nx.svg">'), "index.html: loaded from another host: a/\nx.svg"),
        (in_page('<form action="https://[">x</form>'), "index.html: unsafe link: https://["),
        (in_page("<script>a()</script>"), "index.html: forbidden by the security policy: inline script"),
        (in_page('<p style="color:red">x</p>'), "index.html: forbidden by the security policy: style="),
        (in_page('<p onclick="a()">x</p>'), "index.html: forbidden by the security policy: onclick="),
        (in_page("<style>p{}</style>"), "index.html: forbidden by the security policy: <style>"),
        (in_page('<iframe src="tin/"></iframe>'), "index.html: forbidden by the security policy: <iframe>"),
        (
            in_page('<meta http-equiv="refresh" content="0">'),
            "index.html: forbidden by the security policy: <meta http-equiv=refresh>",
        ),
        (
            in_page('<script type="application/ld+json">{</script>'),
            "index.html: forbidden by the security policy: application/ld+json that is no JSON",
        ),
        ({"404.html": '<a href="/so/mat/">x</a>'}, "404.html: broken link: /so/mat/"),
        ({"a/site.css": "p{background:url(mat.png)}"}, "a/site.css: broken link: mat.png"),
        ({"a/site.css": "@import 'https://a.b/c.css';"}, "a/site.css: loaded from another host: https://a.b/c.css"),
        ({"a/x.svg": "<svg><script>a()</script></svg>"}, "a/x.svg: forbidden by the security policy: <script>"),
        ({"a/x.svg": '<svg><image href="https://a.b/c"/></svg>'}, "a/x.svg: loaded from elsewhere: https://a.b/c"),
        ({"feed.xml": "<rss><channel></rss>"}, "feed.xml: cannot be parsed: "),
        ({"feed.xml": "<feed/>"}, "feed.xml: not what its name says: <feed>"),
        (
            {"feed.xml": "<rss><link>https://example.com/so/mat/</link></rss>"},
            "feed.xml: broken link: https://example.com/so/mat/",
        ),
        *(
            ({"feed.xml": f"<rss><x>{link}</x></rss>"}, "feed.xml: broken link: https://example.com/so/mat/")
            for link in (
                "&lt;a href=&quot;https://example.com/so/mat/&quot;&gt;x",
                "&amp;lt; https://example.com/so/mat/&amp;#34; &amp; x",
                "htt&#112;s://example.com/so/mat/",
                "htt&amp;#112;s://example.com/so/mat/",
                "https://example.com/so/m&amp;#97;t/",
                "https://example.com/so/&quot;https://example.com/so/mat/",
            )
        ),
        ({"lich.ics": CALENDAR.replace("\r\n", "\n")}, "lich.ics: line 1 is too long or ends wrongly"),
        ({"lich.ics": CALENDAR.replace("END:", "X-END:")}, "lich.ics: no whole calendar"),
        ({"lich.ics": CALENDAR.replace("END:", "BEGIN:VEVENT\r\nEND:")}, "lich.ics: line 4 ends what did not begin"),
        ({"lich.ics": CALENDAR.replace("2.0", "2" * 80)}, "lich.ics: line 2 is too long or ends wrongly"),
        (
            {"lich.ics": CALENDAR.replace("END:", "URL:https://example.com/so/m\r\n at/\r\nEND:")},
            "lich.ics: broken link: https://example.com/so/mat/",
        ),
        ({"api/v1/x.json": "{"}, "api/v1/x.json: cannot be parsed: "),
        (
            {"api/v1/x.json": '{"a": "https://example.com/so/mat/"}'},
            "api/v1/x.json: broken link: https://example.com/so/mat/",
        ),
        ({"api/v1/x.csv": "a,b\r\n1\r\n"}, "api/v1/x.csv: rows of different lengths"),
        ({"api/v1/x.csv": 'a,b\r\n"1,2'}, "api/v1/x.csv: cannot be parsed: "),
        ({"tin/y.txt": ""}, "tin/y.txt: empty"),
        ({"y.js": "x" * (MOST_BYTES[".js"] + 1)}, f"y.js: too large: {MOST_BYTES['.js'] + 1} bytes"),
    ],
)
def test_each_planted_fault_is_found(files: dict[str, str], complaint: str | None, tmp_path: Path) -> None:
    faults = verify_site(lay_out(tmp_path, {**GOOD, **files}), URL)
    assert [looked_at(tmp_path, hands=hands).is_whole(()) for hands in (1, 2)] == [complaint is None] * 2
    if complaint is None:
        assert faults == []
    else:
        assert len(faults) == 1, faults
        assert faults[0].startswith(complaint), faults


def test_an_address_that_was_promised_is_missed(tmp_path: Path) -> None:
    faults = verify_site(lay_out(tmp_path, GOOD), URL, REQUIRED)
    assert "atom.xml: missing" in faults
    assert "en/news/index.html: missing" in faults
    assert len(faults) == len(set(REQUIRED) - GOOD.keys())
    assert not looked_at(tmp_path).is_whole(REQUIRED)


def test_text_that_is_not_utf_8_is_a_fault_and_no_traceback(tmp_path: Path) -> None:
    lay_out(tmp_path, GOOD)
    for name in ("lich.ics", "api/v1/x.csv", "api/v1/x.json", "a/site.css", "feed.xml"):
        (tmp_path / name).write_bytes(b"\xff\xfe\x00")
    faults = verify_site(tmp_path, URL)
    assert {fault.split(":")[0] for fault in faults} >= {"lich.ics", "api/v1/x.csv", "a/site.css", "feed.xml"}

"""The quick reading of a page gives what the parser gives, or leaves the page to the parser."""

from __future__ import annotations

import pickle
import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generators.adapters.verify import REQUIRED, QuickLook, verify_site
from generators.adapters.verify.page import read_page
from generators.adapters.verify.quick_page import QuickReader
from generators.adapters.verify.target import Place, leads_alike, led_to

URL = "https://example.com/so/"
PLACE = Place.at(URL)
NAME = "a/b/index.html"

# What pages may hold, good and wicked: each stands between two tags of a page, or in the middle of one.
PARTS = (
    *('<p id="x">', '<p id="y" id="z">', '<P ID="x">', "<p id=x>", "<p id='x'>", "<p id>", '<p id="">', '<p id = "x">'),
    *('<p class="x"id="y">', "<p title='<'>", '<p class="x"/>'),
    *('<p class=id="x">', '<p title="a > b" id="x">', '<p title="a < b" id="x">'),
    *('<a href="x/#k">', '<a href="#k">', '<a href="../../x/">', '<a href="../../x/#k">', "<a href>", '<a href="">'),
    *('<a href="/so/x/">', '<a href="x&amp;y">', '<a href="x&y">', '<a href="&#120;">', '<a href="&period;">'),
    *('<a href="http://a.b/">', '<a href="javascript:a()">', '<a\nhref="x"\n>', '<a\thref="x">', '<a\x0chref="x">'),
    *('<a href="x\ny">', '<a href="x" href="y">', '<a HREF="x">', '<a href="https://example.com/so/x">'),
    *('<a class="k" href="x/" rel="r">', '<a rel="r" rel="q" href="x/">', '<a title="&" href="x/" download>'),
    *('<a href="x/" style="s">', '<a onclick="s" href="x/">', '<a id="i" href="x/">', '<a href="x/" id="i"/>'),
    *("<a/href='x'>", '<a href="&#x27;&#39;&#34;&quot;&lt;&gt;&amp;lt;">'),
    *('<svg viewBox="0 0 1 1"><linearGradient id="g"/>'),
    *('<use href="#x"/>', '<use xlink:href="y"/>', "<image href='z'>"),
    *('<img src="i.png" alt="">', '<img srcset="i.png 1x, j.png 2x">', '<input src="i">', '<video poster="v" src="w">'),
    *('<link rel="next" href="l">', '<link rel="icon" href="l">', "<link>", '<base href="/">', '<form action="f/">'),
    *('<meta charset="utf-8">', '<meta charset="latin1">', '<meta http-equiv="refresh" content="0; url=x/">'),
    *('<p style="x">', '<p onclick="x">', '<p on-x="x">', '<p STYLE="x">', "<style>p{}</style>", "<style>", "</style>"),
    *("<script>", "</script>", '<script src="s.js"></script>', '<script src="s.js"/>', "<script src=s.js></script>"),
    *('<script type="application/json">{"a": 1}</script>', '<script type="application/json">{</script>'),
    *('<script type="application/json"></script>', '<script type="application/json">"<!--<script>"</script>'),
    *("<scriptx>", "<SCRIPT>", "<title>", "</title>", "<title>x</title>", "<title/>", "<TITLE>", "<title-x>"),
    *("<textarea>", "</textarea>", "<textarea>x</textarea>", "<noscript>", "</noscript>", "<plaintext>", "<iframe>"),
    *("<!--", "-->", '<!-- <p id="c"> -->', "<![CDATA[", "]]>", "<!doctype html>", "<!x>", "<?php", "?>", "<>", "</>"),
    *("<body id='b'>", '<body id="b">', '<html id="h">', '<head id="h">', "</body>", "</html>", '<template id="t">'),
    *('<table id="t">', '<option id="o">'),
    *('<a id="a">', '<nobr id="n">', '<frameset id="f">', '<x-y id="x">', "</p id>", "< p>", "ơ"),
    *("<", ">", '"', "'", "&", "\n", ">\n", "<\n", "\r", "\0", "\x0b", "\x7f", "\ufeff", "\u2028", " ", "x"),
)
PAGES = st.lists(st.sampled_from(PARTS), max_size=6).map("".join)
SHELL = "<!doctype html>\n<html lang=\"vi\">\n<head>\n<title>x</title>\n</head>\n<body>\n{}\n</body>\n</html>\n"


def agrees(reader: QuickReader, html: bytes) -> bool:
    """True when the quick reading was possible; it must then be that of the parser, and the page without fault."""
    quick, page = reader.news(NAME, html), read_page(html)
    if quick is None:
        return False
    assert not list(page.faults(PLACE))
    assert sorted(quick.ids) == sorted(page.ids.elements())
    assert quick.addresses == page.links | page.loaded
    return True


@pytest.mark.parametrize("part", PARTS)
def test_each_part_by_itself_is_read_alike(part: str) -> None:
    for html in (part, SHELL.format(part), SHELL.format(f"<p>{part}</p>"), SHELL.replace("<html", f"{part}<html")):
        agrees(QuickReader(PLACE), html.encode())


@given(PAGES)
@example("<title>\n<p id=\"x\">\n</title>")
@settings(max_examples=300, deadline=None)
def test_a_page_of_such_parts_is_read_alike(body: str) -> None:
    agrees(QuickReader(PLACE), SHELL.format(body).encode())


@given(st.lists(PAGES, min_size=2, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_what_was_told_of_one_page_need_not_be_told_of_the_next(bodies: list[str], turn: random.Random) -> None:
    """One look keeps what pages share; many looks, each at one page, know of nothing before."""
    lines = [line for body in bodies for line in body.split("\n")]
    names = ["index.html", "a/index.html", "b/index.html", "b/c/index.html", "b/d/index.html"]
    pages = {name: SHELL.format("\n".join(turn.choices(lines, k=4))).encode() for name in names}
    together, apart = QuickLook(URL), QuickLook(URL)
    for name, html in pages.items():
        together.note(name, html)
        alone = QuickLook(URL)
        alone.note(name, html)
        apart.add(alone)
    for required in ((), names):
        assert together.is_whole(required) == apart.is_whole(required)


def test_invalid_text_is_left_to_the_parser() -> None:
    assert QuickReader(PLACE).news(NAME, b'<p title="\xff">\n') is None


def test_what_many_pages_share_is_told_once_for_each_depth() -> None:
    reader = QuickReader(PLACE)
    page = b'<a href="../../x/">x</a>\n<main id="m">\n<a href="#m">x</a>\n'
    first, again, above = (reader.news(name, page) for name in ("a/b/index.html", "c/d/index.html", "c/index.html"))
    assert first
    assert again
    assert above
    assert (first.ids, again.ids) == (("m",), ("m",))
    assert (first.addresses, again.addresses, above.addresses) == ({"../../x/", "#m"}, {"#m"}, {"../../x/", "#m"})


def test_a_look_can_be_sent_to_another_process() -> None:
    look = QuickLook(URL)
    look.note("index.html", b'<p id="x">\n<a href="mat/">x</a>\n')
    sent: QuickLook = pickle.loads(pickle.dumps(look))  # noqa: S301 - our own bytes
    assert not sent.is_whole(())
    sent.note("mat/index.html", b"<p>\n")
    assert sent.is_whole(("mat/index.html",))
    assert pickle.dumps(sent).count(b"mat/index.html") == 1, "that a file is led to is not sent beside the file itself"


@pytest.mark.parametrize(
    ("address", "alike"),
    [
        ("../../x/", True),
        ("../../", True),
        ("/so/x/#k", True),
        ("https://example.com/so/x/", True),
        ("https://example.org/", True),
        ("mailto:a@example.com", True),
        ("../x/", False),
        ("x/", False),
        ("#k", False),
        ("", False),
        ("?x", False),
    ],
)
def test_it_is_known_which_addresses_lead_alike(address: str, alike: bool) -> None:
    assert leads_alike(address, 2, PLACE) == alike
    targets = {tuple(led_to(page, [address], PLACE)) for page in ("a/b/index.html", "a/c/index.html", "d/e/index.html")}
    assert (len(targets) == 1) == alike


def test_the_whole_site_is_read_quickly_and_alike(built_site: Path) -> None:
    """Each page as the builder writes it: left to the parser would be right, but slow."""
    place, look = Place.at("http://localhost:8000/"), QuickLook("http://localhost:8000/")
    for file in sorted(path for path in built_site.rglob("*") if path.is_file()):
        name, content = file.relative_to(built_site).as_posix(), file.read_bytes()
        look.note(name, content)
        if file.suffix == ".html":
            quick, page = QuickReader(place).news(name, content), read_page(content)
            assert quick, name
            assert sorted(quick.ids) == sorted(page.ids.elements()), name
            assert quick.addresses == page.links | page.loaded, name
    assert look.is_whole(REQUIRED)
    assert verify_site(built_site, "http://localhost:8000/", REQUIRED) == []

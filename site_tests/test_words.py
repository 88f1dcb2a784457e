"""Holds the words of the interface against the program: each one there, none forgotten, every icon drawn."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
import yaml
from jinja2 import UndefinedError
from lxml import etree

from generators.addresses import SECTIONS
from generators.render.html import Templates
from generators.schema.outreach import OutreachModel
from generators.schema.plan import DutyKind, Period, PlanStatus
from generators.schema.scalars import Icon
from generators.schema.unit import UnitLevel

TEMPLATE_FOLDERS = ("generators/render/templates", "theme_overrides")
IN_TEMPLATE = re.compile(r"""\bt\(\s*(?:'([a-z0-9_-]+)'|"([a-z0-9_-]+)")\s*[,)]""")
PREFIX_IN_TEMPLATE = re.compile(r"""\bt\(\s*'([a-z0-9-]+-)'\s*~""")
KEYS = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")


@pytest.fixture(scope="module")
def words(root: Path) -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load((root / "data/words.yml").read_text(encoding="utf-8"))
    return loaded


@cache
def templates(root: Path) -> list[str]:
    files = [file for folder in TEMPLATE_FOLDERS for file in sorted((root / folder).rglob("*.html"))]
    return [re.sub(r"{#.*?#}", "", file.read_text(encoding="utf-8"), flags=re.DOTALL) for file in files]


@cache
def trees(root: Path) -> list[ast.Module]:
    return [ast.parse(file.read_text(encoding="utf-8")) for file in sorted((root / "generators").rglob("*.py"))]


def calls(tree: ast.Module) -> Iterator[ast.expr]:
    """The first argument of each call of `phrase`, `_phrase`, `t` or `phrases.get`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            called = ast.unparse(node.func)
            if called.rpartition(".")[2] in {"phrase", "_phrase", "t"} or called.endswith("phrases.get"):
                yield node.args[0]


@cache
def prefixes(root: Path) -> set[str]:
    """The beginnings of keys that are put together while a page is made: `level-` with a level, and so on."""
    found = {prefix for text in templates(root) for prefix in PREFIX_IN_TEMPLATE.findall(text)}
    for tree in trees(root):
        for argument in calls(tree):
            if isinstance(argument, ast.JoinedStr) and isinstance(argument.values[0], ast.Constant):
                found.add(str(argument.values[0].value))
    return found


def test_every_phrase_that_is_asked_for_by_name_is_there(root: Path, words: dict[str, dict[str, str]]) -> None:
    asked = {one or two for text in templates(root) for one, two in IN_TEMPLATE.findall(text)}
    for tree in trees(root):
        asked |= {str(argument.value) for argument in calls(tree) if isinstance(argument, ast.Constant)}
    assert len(asked) > 100
    assert sorted(asked - set(words)) == []


def test_no_phrase_is_unused(root: Path, words: dict[str, dict[str, str]]) -> None:
    literals: set[str] = set()
    for text in templates(root):
        literals |= {one or two for one, two in re.findall(r"""'([a-z0-9_-]+)'|"([a-z0-9_-]+)\"""", text)}
    for tree in trees(root):
        literals |= {str(node.value) for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    dynamic = tuple(prefixes(root))
    assert sorted(key for key in words if key not in literals and not key.startswith(dynamic)) == []


@pytest.mark.parametrize(
    ("prefix", "endings"),
    [
        ("level-", get_args(UnitLevel)),
        ("plan-status-", get_args(PlanStatus)),
        ("every-", get_args(Period)),
        ("duty-", get_args(DutyKind)),
        ("kind-", get_args(OutreachModel.model_fields["kind"].annotation)),
        ("basis-", ("parent", "basis", "mentioned")),
        ("menu-", tuple(SECTIONS)),
    ],
)
def test_every_word_put_together_from_a_value_is_there(
    prefix: str, endings: tuple[str, ...], root: Path, words: dict[str, dict[str, str]]
) -> None:
    assert prefix in prefixes(root)
    assert endings and [ending for ending in endings if f"{prefix}{ending}" not in words] == []


def test_every_key_is_plain_and_both_languages_are_given(words: dict[str, dict[str, str]]) -> None:
    for key, texts in words.items():
        assert KEYS.fullmatch(key), key
        assert set(texts) == {"vi", "en"} and all(text.strip() for text in texts.values()), key


def test_every_icon_of_the_schema_is_drawn_once(root: Path) -> None:
    folder = root / "generators/render/templates"
    drawings = (folder / "icons.html").read_text(encoding="utf-8")
    names = re.findall(r"^\s*'([a-z-]+)':", drawings, re.MULTILINE)
    assert len(names) == len(set(names))
    assert set(get_args(Icon)) <= set(names)


def test_an_icon_is_a_picture_that_stays_silent(tmp_path: Path, root: Path) -> None:
    source = root / "generators/render/templates/icons.html"
    (tmp_path / "icons.html").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "one.html").write_text("{% from 'icons.html' import icon %}{{ icon(drawn) }}", encoding="utf-8")
    templates = Templates(lambda key, *_: str(key), tmp_path)
    for drawn in get_args(Icon):
        icon = etree.fromstring(templates.render("one.html", "vi", "/", drawn=drawn))
        assert (icon.tag, icon.get("aria-hidden"), icon.get("class")) == ("svg", "true", "icon")
        assert len(icon) and not [node for node in icon.iter() if node.text or node.get("style") or node.get("id")]
    with pytest.raises(UndefinedError):
        templates.render("one.html", "vi", "/", drawn="no-such-icon")

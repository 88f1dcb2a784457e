"""What the browser's forms show of a file, and what they may change in it: only what the person changed."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generators.editor_forms import BODY, FOLDERS, ITEMS, SINGLE, choices, editor_forms
from generators.json_schema import KINDS, json_schema, record_of
from generators.scaffold.editing import Place, Unreadable, file_text, form_text
from site_tests.conftest import ROOT
from site_tests.small_project import small_site

NEW_TEXT = 'Đổi: "mới" #1'


def _places() -> Iterator[Place]:
    """Every shipped file that has a form."""
    for folder in FOLDERS:
        for file in sorted((ROOT / folder.path).rglob(f"*{folder.suffix}")):
            path = file.relative_to(ROOT).as_posix()
            fitting = [one for one in FOLDERS if path.startswith(f"{one.path}/") and path.endswith(one.suffix)]
            if max(fitting, key=lambda one: (len(one.path), len(one.suffix))) == folder:
                yield Place(folder.kind, path, file.name.removesuffix(folder.suffix))
    for name in SINGLE:
        yield Place(name, KINDS[name].where, name)


PLACES = list(_places())


def _values(place: Place, text: str) -> Any:
    """The values in a form's text."""
    return json.loads(text.split("---\n")[1] if KINDS[place.kind].layout == "front" else text)


def _answered(place: Place, values: Any, body: str = "") -> str:
    written = json.dumps(values, ensure_ascii=False)
    return f"---\n{written}\n---\n{body}" if KINDS[place.kind].layout == "front" else written


def _body(place: Place, text: str) -> str:
    return text.split("---\n", 2)[2] if KINDS[place.kind].layout == "front" else ""


def _texts(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(one, (*path, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _texts(one, (*path, index))
    elif isinstance(value, str) and path not in {("id",), (BODY,)} and (len(path) < 3 or path[-1] != "id"):
        yield path


def _set(value: Any, path: tuple[Any, ...], new: Any) -> None:
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] = new


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.path)
def test_a_form_that_nobody_touched_leaves_the_file_as_it_is(place: Place) -> None:
    text = (ROOT / place.path).read_text(encoding="utf-8")
    assert file_text(place, form_text(place, text), text) == text


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.path)
def test_one_changed_text_changes_nothing_else(place: Place) -> None:
    text = (ROOT / place.path).read_text(encoding="utf-8")
    shown = form_text(place, text)
    paths = list(_texts(_values(place, shown)))
    for path in (paths[0], paths[-1]):
        values = _values(place, shown)
        _set(values, path, NEW_TEXT)
        new = file_text(place, _answered(place, values, _body(place, shown)), text)
        assert _values(place, form_text(place, new)) == values, path
        comments = [line for line in text.splitlines() if line.lstrip().startswith("#")]
        assert [line for line in new.splitlines() if line in comments] == comments, path


def test_only_the_line_that_was_changed_differs() -> None:
    place = Place("activity", "data/activities/xa-mau-phien-cho-4t.yml", "xa-mau-phien-cho-4t")
    text = (ROOT / place.path).read_text(encoding="utf-8")
    values = _values(place, form_text(place, text))
    values["title"]["vi"] = "Phiên chợ “không tiền mặt”: tháng 3"
    new = file_text(place, _answered(place, values), text)
    changed = [line for line in difflib.ndiff(text.splitlines(), new.splitlines()) if line[0] in "+-"]
    assert [line[0] for line in changed] == ["-", "+"]
    assert '"Phiên chợ “không tiền mặt”: tháng 3"' in changed[1]


UNIT = Place("unit", "data/units/xa-thu.yml", "xa-thu")
HAND_WRITTEN = """# a note of the editor
name: Ủy ban nhân dân xã Thử  # plain words
short: {vi: Xã Thử, en: Thử commune}
level: commune
code: "00012"
parent: null
sample: false
sources: {name: Danh mục, date: 2025}
"""


def test_plain_words_and_single_things_are_shown_in_the_one_way_of_the_form() -> None:
    values = _values(UNIT, form_text(UNIT, HAND_WRITTEN))
    assert values["id"] == "xa-thu"
    assert values["name"] == {"vi": "Ủy ban nhân dân xã Thử"}
    assert values["code"] == "00012"
    assert values["parent"] is None
    assert values["sample"] is False
    assert values["sources"] == [{"name": {"vi": "Danh mục"}, "date": "2025"}]


def test_what_was_left_empty_and_what_was_never_ticked_stays_out() -> None:
    values = _values(UNIT, form_text(UNIT, HAND_WRITTEN))
    values |= {"province": "", "successors": [], "abolished_on": None}
    values["name"]["en"] = " "
    assert file_text(UNIT, _answered(UNIT, values), HAND_WRITTEN) == HAND_WRITTEN


def test_a_changed_text_is_quoted_and_the_rest_keeps_its_comments() -> None:
    values = _values(UNIT, form_text(UNIT, HAND_WRITTEN))
    values["code"] = "no"
    values["name"]["en"] = "Thử: Commune"
    new = file_text(UNIT, _answered(UNIT, values), HAND_WRITTEN)
    assert 'code: "no"\n' in new
    assert 'en: "Thử: Commune"' in new
    assert new.startswith("# a note of the editor\n")
    assert "parent: null\nsample: false\n" in new
    assert _values(UNIT, form_text(UNIT, new)) == values


def test_a_new_file_names_its_schema_and_quotes_what_yaml_would_misread() -> None:
    values = {"id": "xa-thu", "name": {"vi": "Xã Thử"}, "level": "commune", "code": "012", "sample": False}
    answer = _answered(UNIT, values)
    assert file_text(UNIT, answer, None) == (
        "# yaml-language-server: $schema=../../generators/schema/json/unit.json\n"
        'name:\n  vi: "Xã Thử"\nlevel: commune\ncode: "012"\n'
    )


def test_items_are_known_again_by_their_name_when_their_order_changes() -> None:
    text = "- {id: a, name: {vi: Một}}  # first\n- {id: b, name: {vi: Hai}}  # second\n"
    place = Place("topics", "data/topics.yml", "topics")
    values = _values(place, form_text(place, text))
    values[ITEMS].reverse()
    values[ITEMS][0]["name"]["vi"] = "Hai mươi"
    new = file_text(place, _answered(place, values), text)
    assert [item["name"]["vi"] for item in _values(place, form_text(place, new))[ITEMS]] == ["Hai mươi", "Một"]


def test_typed_text_is_normalised() -> None:
    decomposed = "Xa\u0303 Thu\u031b\u0309"
    new = file_text(UNIT, _answered(UNIT, {"name": {"vi": decomposed}}), None)
    assert '"Xã Thử"' in new


@pytest.mark.parametrize("answer", ["[1, 2]", "a: [", "- x", "\t:", "text"])
def test_an_answer_of_the_wrong_shape_is_refused(answer: str) -> None:
    with pytest.raises(Unreadable):
        file_text(UNIT, answer, HAND_WRITTEN)


def test_front_matter_without_its_lines_is_refused() -> None:
    with pytest.raises(Unreadable):
        form_text(Place("news", "content/tin-tuc/x.md", "x"), "no front matter")


def test_every_key_of_every_record_has_a_box(root: Path) -> None:
    forms = editor_forms(choices(small_site(root).dataset), {})
    boxes = {file["name"]: file["fields"] for file in forms[-1]["files"]}
    assert len({form["name"] for form in forms}) == len(FOLDERS) + 1
    for folder, form in zip(FOLDERS, forms, strict=False):
        keys = {field["name"] for field in form["fields"]} - {BODY}
        assert keys == set(record_of(json_schema(folder.kind))["properties"]) | ({"id"} if "id" in keys else set())
    for name in SINGLE:
        fields = boxes[name][0]["fields"] if boxes[name][0]["name"] == ITEMS else boxes[name]
        assert {field["name"] for field in fields} == set(record_of(json_schema(name))["properties"])


def test_boxes_are_named_in_vietnamese_and_choices_come_from_the_records(root: Path) -> None:
    site = small_site(root)
    phrases = {key: words["vi"] for key, words in site.dataset.phrases.entries.items()}
    unit = next(form for form in editor_forms(choices(site.dataset), phrases) if form["folder"] == "data/units")
    fields = {field["name"]: field for field in unit["fields"]}
    assert fields["name"]["label"] != "name"
    units = [choice.id for choice in choices(site.dataset)["units"]]
    assert [one["value"] for one in fields["parent"]["options"]] == units
    assert {"value": "commune", "label": f"{phrases['level-commune']} (commune)"} in fields["level"]["options"]


def test_a_new_news_item_begins_as_a_draft(root: Path) -> None:
    news = editor_forms(choices(small_site(root).dataset), {})[0]
    draft = next(field for field in news["fields"] if field["name"] == "draft")
    assert draft["default"] is True

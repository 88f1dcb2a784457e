"""Owns what the editor in the browser shows: one form a kind of file, made from the same JSON Schemas.

The result is a configuration of Decap CMS as plain values. What a person types stays text until ``campaign check``
reads it, so a form has few kinds of box: a line, a longer text, a choice, a tick. Knows no address of a server and
reads no file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generators.dataset import Dataset
from generators.dataset.news import NEWS_FOLDER
from generators.json_schema import KINDS, WORDING, FileKind, Schema, json_schema, record_of
from generators.text import vietnamese_key

Field = dict[str, Any]

# The key under which a form holds a file that is a list, and the text below a front matter.
ITEMS, BODY = "items", "body"


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of one kind that a person may add to: where they lie, how they end, and how a new one is named."""

    kind: str
    path: str
    suffix: str
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be chosen: its id, and its name."""

    id: str
    name: str


FOLDERS = (
    Folder("news", NEWS_FOLDER, ".md", "{{fields.id}}", "title"),
    Folder("news-twin", NEWS_FOLDER, ".en.md", "{{title}}", "title"),
    Folder("report", "data/progress", ".yml", "{{fields.period}}/{{fields.unit}}", "unit"),
    Folder("activity", "data/activities", ".yml", "{{fields.id}}", "id"),
    Folder("praise", "data/praise", ".yml", "{{fields.id}}", "id"),
    Folder("unit", "data/units", ".yml", "{{fields.id}}", "id"),
    Folder("plan", "data/plans", ".yml", "{{fields.id}}", "id"),
    Folder("model", "data/models", ".yml", "{{fields.id}}", "id"),
    Folder("page", "content", ".md", "{{title}}", "title"),
    Folder("narrative", "content/ke-hoach", ".md", "{{title}}", "record"),
    Folder("narrative", "content/mo-hinh", ".md", "{{title}}", "record"),
    Folder("narrative", "content/en/plans", ".md", "{{title}}", "record"),
    Folder("narrative", "content/en/models", ".md", "{{title}}", "record"),
)
# Files that are there once. What the program's own authors keep (phrases, spoken words) has no form.
SINGLE = ("campaign", "topics", "slogans", "materials", "glossary", "press", "facts", "indicators", "groups")
_NO_NEW_FILES = ("page", "narrative", "news-twin")  # they need a place in the menu, a record or an item beside them
_FRONT = ("news", "news-twin", "page", "narrative")

_CHOSEN_FROM = {
    "unit": "units",
    "units": "units",
    "parent": "units",
    "successors": "units",
    "model": "models",
    "models": "models",
    "topics": "topics",
    "group": "groups",
    "part_of": "groups",
    "indicator": "indicators",
    "measure": "measures",
    "province": "provinces",
    "plan": "plans",
}
_ID_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
_PLAIN_BOXES: Mapping[str, Field] = {
    "Text": {"widget": "text"},
    "Headline": {"widget": "string"},
    "Flag": {"widget": "boolean"},
    "ImageName": {"widget": "image", "choose_url": False, "media_library": {"config": {"multiple": False}}},
}


def choices(dataset: Dataset) -> dict[str, tuple[Choice, ...]]:
    """Gives what may be chosen where a key names another record, by kind, in Vietnamese order of the names."""
    named = {
        "units": [(unit.id, unit.name.vi) for unit in dataset.units.values()],
        "plans": [(plan.id, plan.title.vi) for plan in dataset.plans.values()],
        **{
            kind: [(record.id, record.name.vi) for record in getattr(dataset, kind).values()]
            for kind in ("models", "topics", "groups", "indicators", "measures", "provinces")
        },
    }
    return {
        kind: tuple(Choice(*pair) for pair in sorted(pairs, key=lambda pair: vietnamese_key(pair[1])))
        for kind, pairs in named.items()
    }


def editor_forms(chosen: Mapping[str, Sequence[Choice]], phrases: Mapping[str, str]) -> list[dict[str, Any]]:
    """Gives the collections of forms. ``phrases`` are the Vietnamese phrases, which name what may be chosen."""
    writer = _FormWriter(chosen, phrases)
    return [*(writer.folder(folder) for folder in FOLDERS), writer.single_files()]


class _FormWriter:
    def __init__(self, chosen: Mapping[str, Sequence[Choice]], phrases: Mapping[str, str]) -> None:
        self._chosen = chosen
        self._phrases = phrases
        self._definitions: dict[str, Schema] = {}

    def folder(self, folder: Folder) -> dict[str, Any]:
        kind = KINDS[folder.kind]
        front = folder.kind in _FRONT
        form: dict[str, Any] = {
            "name": folder.path.replace("/", "-") + folder.suffix.removesuffix("md").removesuffix("yml").strip("."),
            "label": _folder_label(folder, kind),
            "label_singular": _folder_label(folder, kind).lower(),
            "description": f"Tệp: {kind.where}",
            "folder": folder.path,
            "extension": folder.suffix.removeprefix("."),
            "format": "yaml-frontmatter" if front else "yml",
            "create": folder.kind not in _NO_NEW_FILES,
            "slug": folder.slug.rsplit("/", 1)[-1],
            "identifier_field": folder.title,
            "fields": self._record(folder.kind, kind),
        }
        if "/" in folder.slug:
            form["path"] = folder.slug.replace(folder.slug.rsplit("/", 1)[-1], "{{slug}}")
        if folder.kind == "report":
            form["summary"] = "{{fields.unit}}, kỳ {{fields.period}}"
        if folder.kind == "news":
            form |= {"media_folder": "", "public_folder": ""}  # a picture lies beside its item
        return form

    def single_files(self) -> dict[str, Any]:
        files = [
            {
                "name": name,
                "label": KINDS[name].title,
                "file": KINDS[name].where,
                "fields": self._record(name, KINDS[name]),
            }
            for name in SINGLE
        ]
        return {"name": "tep-chung", "label": "Tệp chung", "format": "yml", "files": files}

    def _record(self, name: str, kind: FileKind) -> list[Field]:
        schema = json_schema(name)
        self._definitions = schema["$defs"]
        record = record_of(schema)
        fields = list(self._fields(record, new_is_draft="draft" in record["properties"]))
        if kind.layout == "list":
            items = {"name": ITEMS, "label": kind.title, "widget": "list", "summary": "{{fields.id}}"}
            return [{**items, "fields": fields}]
        if kind.layout == "named":
            fields = [_file_name_field(), *(field for field in fields if field["name"] != "id")]
        if kind.layout == "front":
            fields.append(_body_field(rich=name.startswith("news")))
        return fields

    def _fields(self, record: Schema, *, new_is_draft: bool = False, may_miss: bool = False) -> Iterator[Field]:
        """The boxes of a record; those of one that ``may_miss`` as a whole are asked for by the check, not here."""
        needed = [] if may_miss else record.get("required", [])
        for key, value in record["properties"].items():
            label, meaning = _label_and_meaning(key, str(value.get("description", "")))
            field: Field = {"name": key, "label": label, "required": key in needed}
            field |= self._box(key, value, needed=key in needed)
            hint = " ".join(part for part in (meaning, field.get("hint", "")) if part)
            if hint:
                field["hint"] = hint
            if key == "draft" and new_is_draft:
                field["default"] = True
            yield field

    def _box(self, key: str, value: Schema, *, needed: bool) -> Field:
        """The kind of box in which a value is typed."""
        value = value["anyOf"][0] if "anyOf" in value else value
        if value.get("type") == "array":
            return self._many(key, value["items"])
        if "enum" in value or "const" in value:
            return {"widget": "select", "options": self._named(value.get("enum", [value.get("const")]))}
        name = str(value.get("$ref", "")).removeprefix("#/$defs/")
        if name == "Id" and key in _CHOSEN_FROM:
            return {"widget": "select", "options": self._options(key)}
        if name == "Words":
            return {"widget": "object", "fields": _both_languages(needed=needed)}
        if name in WORDING:
            return _line(name, self._definitions[name])
        inner = list(self._fields(self._definitions.get(name, value), may_miss=not needed))
        return {"widget": "object", "collapsed": True, "fields": inner}

    def _many(self, key: str, item: Schema) -> Field:
        box = self._box(key, item, needed=True)
        if box["widget"] == "select":
            return {**box, "multiple": True}
        if box["widget"] == "object":
            return {"widget": "list", "collapsed": True, "fields": box["fields"]}
        return {"widget": "list", "field": {"name": "value", "label": "Một dòng", **box}}

    def _options(self, key: str) -> list[dict[str, str]]:
        found = self._chosen[_CHOSEN_FROM[key]]
        return [{"value": choice.id, "label": f"{choice.name} ({choice.id})"} for choice in found]

    def _named(self, values: Sequence[str]) -> list[dict[str, str]]:
        """Choices with the words that the site has for all of them, or as they are written in the file."""
        families = (key.removesuffix(values[0]) for key in self._phrases if key.endswith(f"-{values[0]}"))
        family = next((one for one in families if all(f"{one}{value}" in self._phrases for value in values)), None)
        if family is None or len(values) == 1:
            return [{"value": value, "label": value} for value in values]
        return [{"value": value, "label": f"{self._phrases[family + value]} ({value})"} for value in values]


def _both_languages(*, needed: bool) -> list[Field]:
    return [
        {"name": "vi", "label": "Tiếng Việt", "widget": "text", "required": needed},
        {"name": "en", "label": "Tiếng Anh", "widget": "text", "required": False},
    ]


def _line(name: str, definition: Schema) -> Field:
    """A box for what is typed as text of a certain form; the browser refuses what could not be read."""
    if name in _PLAIN_BOXES:
        return dict(_PLAIN_BOXES[name])
    written = re.sub(r"`([^`]*)`", r"\1", WORDING[name])
    pattern = definition.get("pattern") or definition["anyOf"][0]["pattern"]
    return {"widget": "string", "pattern": [pattern, f"Hãy viết: {written}"], "hint": f"Cách viết: {written}."}


def _body_field(*, rich: bool) -> Field:
    """The text of the page. Pages with blocks of the program are shown as they are written, so that none is lost."""
    modes = ["rich_text", "raw"] if rich else ["raw"]
    return {"name": BODY, "label": "Nội dung", "widget": "markdown", "required": False, "modes": modes}


def _file_name_field() -> Field:
    return {
        "name": "id",
        "label": "Mã",
        "widget": "string",
        "required": True,
        "pattern": [_ID_PATTERN, "Chữ thường không dấu, số và gạch nối: xa-mau"],
        "hint": "Là tên của tệp. Chữ thường không dấu, nối bằng gạch: xa-mau. Đặt một lần, không đổi.",
    }


def _label_and_meaning(key: str, description: str) -> tuple[str, str]:
    """The first few words of a description name the box; all of it stands below where it says more."""
    if not description:
        return key, ""
    label = re.split(r"[.:(,;]", description, maxsplit=1)[0].strip()
    return label, "" if label == description.rstrip(".") else description


def _folder_label(folder: Folder, kind: FileKind) -> str:
    place = {
        "content/ke-hoach": " về kế hoạch",
        "content/mo-hinh": " về mô hình",
        "content/en/plans": " về kế hoạch, tiếng Anh",
        "content/en/models": " về mô hình, tiếng Anh",
    }.get(folder.path, "")
    names = {"news": "Tin tức", "news-twin": "Tin tức, tiếng Anh", "page": "Trang viết tay", "narrative": "Lời kể"}
    return names.get(folder.kind, kind.title) + place

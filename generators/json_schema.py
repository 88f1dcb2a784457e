"""Owns what editors' programs learn about our files: one JSON Schema (draft 2020-12) a kind of file.

The schemas are made from the records, with their Vietnamese descriptions, so that they never say something else. They
describe what a person may *type*, which is more than what a record holds: ``80%``, ``12.000``, ``22/05/2025``, a plain
sentence where two languages may stand. They see YAML as editors read it (YAML 1.2: ``2025`` is a number), and they
know one file only: rules between keys and between files belong to ``campaign check``. Writes no file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from generators.schema.abbreviation import Abbreviation
from generators.schema.accessibility import AccessibilityStatement
from generators.schema.activity import Activity, Slogan
from generators.schema.banner import BannerLink
from generators.schema.campaign import Campaign, Fact
from generators.schema.glossary import Spoken, Term
from generators.schema.link_exception import LinkException
from generators.schema.material import Material
from generators.schema.measurement import Group, Indicator, Measure
from generators.schema.moved import MovedAddress
from generators.schema.news import NewsMeta, NewsTwinMeta, Topic
from generators.schema.outreach import OutreachModel
from generators.schema.page import NarrativeMeta, PageMeta
from generators.schema.plan import Plan
from generators.schema.praise import Praise
from generators.schema.press import PressFigure
from generators.schema.progress import ProgressReport
from generators.schema.scalars import Record, Words
from generators.schema.unit import Province, Unit

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Layout = Literal["record", "named", "list", "words", "front"]
Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file: the record that it holds and how, and what an editor calls it.

    ``layout``: ``record`` one record; ``named`` one record whose ``id`` is the file's name; ``list`` many of them;
    ``words`` a mapping of phrases; ``front`` the front matter of a Markdown file.
    """

    record: type[Record]
    layout: Layout
    title: str
    where: str


KINDS: Mapping[str, FileKind] = {
    "campaign": FileKind(Campaign, "record", "Thông tin chung", "data/campaign.yml"),
    "facts": FileKind(Fact, "list", "Dữ kiện chung", "data/facts.yml"),
    "measures": FileKind(Measure, "list", "Cách đo", "data/measures.yml"),
    "groups": FileKind(Group, "list", "Nhóm người", "data/groups.yml"),
    "indicators": FileKind(Indicator, "list", "Chỉ số", "data/indicators.yml"),
    "provinces": FileKind(Province, "list", "Tỉnh, thành phố", "data/provinces.yml"),
    "unit": FileKind(Unit, "named", "Đơn vị", "data/units/<mã>.yml"),
    "plan": FileKind(Plan, "named", "Kế hoạch", "data/plans/<mã>.yml"),
    "model": FileKind(OutreachModel, "named", "Mô hình", "data/models/<mã>.yml"),
    "report": FileKind(ProgressReport, "record", "Báo cáo tiến độ", "data/progress/<kỳ>/<đơn vị>.yml"),
    "activity": FileKind(Activity, "named", "Hoạt động", "data/activities/<mã>.yml"),
    "praise": FileKind(Praise, "named", "Biểu dương", "data/praise/<mã>.yml"),
    "press": FileKind(PressFigure, "list", "Số liệu đã đăng báo", "data/press.yml"),
    "slogans": FileKind(Slogan, "list", "Khẩu hiệu", "data/slogans.yml"),
    "topics": FileKind(Topic, "list", "Chủ đề tin tức", "data/topics.yml"),
    "materials": FileKind(Material, "list", "Tài liệu học", "data/materials.yml"),
    "banners": FileKind(BannerLink, "list", "Banner", "data/banners.yml"),
    "abbreviations": FileKind(Abbreviation, "list", "Chữ tắt", "data/abbreviations.yml"),
    "link-exceptions": FileKind(LinkException, "list", "Liên kết không soát", "data/link-exceptions.yml"),
    "moved": FileKind(MovedAddress, "list", "Địa chỉ đã chuyển", "data/moved.yml"),
    "glossary": FileKind(Term, "list", "Giải thích từ ngữ", "data/glossary.yml"),
    "spoken": FileKind(Spoken, "record", "Cách đọc thành tiếng", "data/spoken.yml"),
    "accessibility": FileKind(AccessibilityStatement, "record", "Lời về tính dễ dùng", "data/accessibility.yml"),
    "words": FileKind(Words, "words", "Chữ trên nút bấm và đầu bảng", "data/words.yml"),
    "news": FileKind(NewsMeta, "front", "Phần đầu của tin", "content/tin-tuc/…/<tên>.md"),
    "news-twin": FileKind(NewsTwinMeta, "front", "Phần đầu của tin tiếng Anh", "content/tin-tuc/…/<tên>.en.md"),
    "page": FileKind(PageMeta, "front", "Phần đầu của trang viết tay", "content/…/<tên>.md"),
    "narrative": FileKind(NarrativeMeta, "front", "Phần đầu của lời kể", "content/ke-hoach, content/mo-hinh"),
}

_WHOLE = r"([0-9]{1,15}|[0-9]{1,3}(\.[0-9]{3}){1,4})"
_PERCENT = r"(100([.,]0{1,2})?|0*[0-9]{1,2}(,[0-9]+|\.[0-9]{1,2})?)\s*%"
_DAY = "(0?[1-9]|[12][0-9]|3[01])"
_MONTH = "(0?[1-9]|1[0-2])"
_DATE = f"({_DAY}/{_MONTH}/[0-9]{{4}}|[0-9]{{4}}-{_MONTH}-{_DAY})"
_CLOCK = "([01]?[0-9]|2[0-3])"


def _typed(pattern: str, *also: Schema) -> Schema:
    """What is typed as text of a pattern, blanks around it allowed, or as one of ``also``."""
    text = {"type": "string", "pattern": rf"^\s*{pattern}\s*$"}
    return {"anyOf": [text, *also]} if also else text


_YEAR_NUMBER: Schema = {"type": "integer", "minimum": 2000, "maximum": 2099}
_TEXT: Schema = {"anyOf": [{"type": "string", "pattern": r"\S"}, {"type": "number"}]}

# What each reader of the records takes, by the reader's name; the words after it are for the tables of the guide.
_READERS: Mapping[str, tuple[str, str, Schema]] = {
    "read_text": ("Text", "chữ", _TEXT),
    "read_headline": ("Headline", "chữ, một dòng", _TEXT),
    "read_id": ("Id", "mã: `xa-mau`", {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}),
    "read_flag": ("Flag", "`true` hoặc `false`", {"type": "boolean"}),
    "read_whole": ("Whole", "số nguyên: `412`, `12.000`", _typed(_WHOLE, {"type": "number", "minimum": 0})),
    "read_percent": ("Percent", "phần trăm: `69,85%`", _typed(_PERCENT)),
    "read_ratio": ("Ratio", 'số: `"0,95"`', _typed(r"[0-9]+([.,][0-9]+)?", {"type": "number", "minimum": 0})),
    "read_year": ("Year", "năm: `2026`", _typed("20[0-9]{2}", _YEAR_NUMBER)),
    "read_date": ("Day", "ngày: `22/05/2025`", _typed(_DATE)),
    "read_loose_date": (
        "DocumentDay",
        "ngày, tháng hoặc năm: `22/05/2025`, `07/2025`, `2025`",
        _typed(f"({_DATE}|{_MONTH}/[0-9]{{4}}|20[0-9]{{2}})", _YEAR_NUMBER),
    ),
    "read_day_month": ("DayMonth", "ngày/tháng: `10/10`", _typed(f"{_DAY}/{_MONTH}")),
    "read_address": (
        "Address",
        "địa chỉ trong trang: `/tin-tuc/`",
        _typed(r"/([A-Za-z0-9_.-]+/)*([A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+)?"),
    ),
    "read_https": ("HttpsUrl", "địa chỉ `https://…`", _typed(r"https://[^\s<>\"'\\]+")),
    "read_period": (
        "Period",
        "kỳ: `2026-q1`, `2026-03`, `2026-h1`, `2026`",
        _typed("20[0-9]{2}(-(q[1-4]|h[12]|0[1-9]|1[0-2]))?", _YEAR_NUMBER),
    ),
    "read_day_time": (
        "DayTime",
        'ngày giờ: `"10/10/2026 08:00"`, hoặc ngày',
        _typed(rf"{_DATE}(\s+{_CLOCK}[:hg][0-5][0-9])?"),
    ),
    "read_news_date": (
        "NewsMoment",
        'ngày, hoặc ngày giờ: `"10/10/2026 08:30"`',
        _typed(rf"{_DATE}((T| +)[0-9]{{1,2}}[:h][0-9]{{2}}\S*)?"),
    ),
    "read_phone": (
        "Phone",
        'số máy: `"0239 385 0000"`',
        _typed(r"(\+84|0|1[89]00)[0-9 .]{4,13}[0-9]", {"type": "integer", "minimum": 0}),
    ),
    "read_email": ("Email", "thư điện tử", _typed(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")),
    "read_image_name": (
        "ImageName",
        "tên tệp ảnh",
        _typed(r"[A-Za-z0-9][A-Za-z0-9_.-]*\.([pP][nN][gG]|[jJ][pP][eE]?[gG])"),
    ),
    "read_old_address": (
        "OldAddress",
        "địa chỉ cũ: `/tin-tuc/2025/09/ten-cu/`",
        _typed(r"/tin-tuc/20[0-9]{2}/(0[1-9]|1[0-2])/[a-z0-9]+(-[a-z0-9]+)*/?"),
    ),
    "read_photo": ("Photo", "tên tệp ảnh", _typed(r"[a-z0-9]+(-[a-z0-9]+)*\.(png|jpg)")),
    "read_tag_authority": (
        "TagAuthority",
        '`"tên miền,năm"`',
        _typed(r"[a-z0-9-]+(\.[a-z0-9-]+)+,20[0-9]{2}"),
    ),
}

_WORDS: Schema = {
    "anyOf": [
        {"typed": "read_text"},
        {
            "type": "object",
            "properties": {
                "vi": {"typed": "read_text", "description": "Lời tiếng Việt."},
                "en": {
                    "anyOf": [{"typed": "read_text"}, {"type": "null"}],
                    "description": "Lời tiếng Anh, cùng ý với lời tiếng Việt.",
                },
            },
            "required": ["vi"],
            "additionalProperties": False,
        },
    ]
}
_AMOUNT = _typed(rf"({_PERCENT}|{_WHOLE}(\s*[^\s0-9.,%_+\-/<>=≥≤][^%]*)?)", {"type": "number", "minimum": 0})

# How each kind of value is typed, in words, by the name of its definition.
WORDING = {name: words for name, words, _ in _READERS.values()} | {
    "Words": "lời: chữ, hoặc `{vi: …, en: …}`",
    "Amount": "mức: `80%`, `1.000 người`",
}


class UnknownReader(RuntimeError):
    """Raised for a reader of a record whose text no entry here describes: a fault of the program."""


class _EditorSchema(GenerateJsonSchema):
    """Puts, for what a record reads from text, the name of what may be typed."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        name = getattr(schema["function"]["function"], "__name__", "")
        if name in _READERS:
            return {"typed": name}
        inner = self.generate_inner(schema["schema"])
        forgiven = _FORGIVEN.get(name)
        if forgiven is None:
            raise UnknownReader(name)
        return forgiven(inner)

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - asked of each kind of schema
        """No titles made of English names: the description says what a key is, in Vietnamese."""
        return False


def _as_it_is(inner: JsonSchemaValue) -> JsonSchemaValue:
    return inner


def _one_or_many(inner: JsonSchemaValue) -> JsonSchemaValue:
    return {"anyOf": [inner, inner["items"]]}


# Readers of whole records and lists. Words and amounts get their definitions from _WRITTEN below.
_FORGIVEN: Mapping[str, Callable[[JsonSchemaValue], JsonSchemaValue]] = {
    "_from_text": _as_it_is,
    "_one_is_enough": _one_or_many,
}
_WRITTEN: Mapping[str, Schema] = {"Words": _WORDS, "Amount": _AMOUNT}


def json_schema(name: str) -> Schema:
    """Gives the JSON Schema of a kind of file. Raises ``KeyError`` for a kind that there is not."""
    kind = KINDS[name]
    record = _tidied(kind.record.model_json_schema(schema_generator=_EditorSchema))
    definitions: Schema = record.pop("$defs", {})
    definitions.update({key: written for key, written in _WRITTEN.items() if key in definitions})
    body = _laid_out(kind, record, definitions)
    for reader in _used_readers([body, definitions]):
        definitions[_READERS[reader][0]] = _READERS[reader][2]
    head = {"$schema": DIALECT, "title": kind.title, "description": f"{kind.title}: {kind.where}"}
    return {**head, **_linked(body), "$defs": {key: _linked(definitions[key]) for key in sorted(definitions)}}


def _laid_out(kind: FileKind, record: Schema, definitions: Schema) -> Schema:
    if kind.layout == "list":
        definitions[kind.record.__name__] = record
        return {"type": "array", "items": {"$ref": f"#/$defs/{kind.record.__name__}"}}
    if kind.layout == "words":  # the interface never falls back, so each phrase has both languages
        both = {key: {"typed": "read_text"} for key in ("vi", "en")}
        entry = {"type": "object", "properties": both, "required": ["vi", "en"], "additionalProperties": False}
        return {"type": "object", "additionalProperties": entry}
    if kind.layout == "named":
        record["required"] = [key for key in record["required"] if key != "id"]
    return record


def _tidied(value: Any) -> Any:
    """Takes away what was made of English docstrings and names; keys of records may bear the same words."""
    if isinstance(value, list):
        return [_tidied(item) for item in value]
    if not isinstance(value, dict):
        return value
    dropped = ("title", "default", "properties", "$defs")
    tidy = {key: _tidied(inner) for key, inner in value.items() if key not in dropped}
    for key in ("properties", "$defs"):
        if key in value:
            tidy[key] = {name: _tidied(inner) for name, inner in value[key].items()}
    if "properties" in value:
        tidy.pop("description", None)
    return tidy


def _used_readers(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(_used_readers, value))
    if not isinstance(value, dict):
        return set()
    own = {value["typed"]} if isinstance(value.get("typed"), str) else set()
    return own.union(*map(_used_readers, value.values()))


def _linked(value: Any) -> Any:
    """Turns each note of a reader into a link to its definition."""
    if isinstance(value, list):
        return [_linked(item) for item in value]
    if not isinstance(value, dict):
        return value
    reader = value.get("typed")
    if not isinstance(reader, str):  # a key of a record may bear this name too
        return {key: _linked(inner) for key, inner in value.items()}
    return {"$ref": f"#/$defs/{_READERS[reader][0]}", **{key: value[key] for key in value if key != "typed"}}


def schema_text(name: str) -> str:
    """Gives the file of a kind's schema as it is checked in."""
    return json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n"


def schema_files() -> dict[str, str]:
    """Gives every schema file's text by its path in the project."""
    return {f"generators/schema/json/{name}.json": schema_text(name) for name in KINDS}


def field_tables() -> str:
    """Gives the tables of all keys of all kinds of file, as Markdown for the editors' guide."""
    return "\n".join(_table(name, kind) for name, kind in KINDS.items())


def _table(name: str, kind: FileKind) -> str:
    schema = json_schema(name)
    rows = "\n".join(_rows(record_of(schema), schema["$defs"], ""))
    head = f"<details>\n<summary>{kind.title}: <code>{escape(kind.where)}</code></summary>\n"
    return f"{head}\n| Khóa | Phải có | Cách viết | Ý nghĩa |\n| --- | --- | --- | --- |\n{rows}\n\n</details>\n"


def record_of(schema: Schema) -> Schema:
    """Gives the schema of one record of a kind's file, whatever the layout."""
    if schema["type"] == "array":
        found: Schema = schema["$defs"][_definition(schema["items"])]
        return found
    if "properties" not in schema:
        return {"properties": {"<tên>": schema["additionalProperties"]}, "required": ["<tên>"]}
    return schema


def _rows(record: Schema, definitions: Schema, before: str) -> Iterator[str]:
    required = record.get("required", [])
    for key, value in record["properties"].items():
        path = f"{before}{key}"
        written, inner = _how(value, definitions)
        meaning = str(value.get("description", "")).replace("|", "\\|")
        yield f"| `{path}` | {'phải có' if key in required else ''} | {written} | {meaning} |"
        if inner:
            yield from _rows(inner, definitions, f"{path} › ")


def _how(value: Schema, definitions: Schema) -> tuple[str, Schema | None]:
    """Gives how a value is written, and the record inside it where it is one."""
    if "anyOf" in value:
        return _how(value["anyOf"][0], definitions)
    if value.get("type") == "array":
        written, inner = _how(value["items"], definitions)
        return f"danh sách: {written}", inner
    if "enum" in value or "const" in value:
        return "một trong: " + ", ".join(f"`{one}`" for one in value.get("enum", [value.get("const")])), None
    name = _definition(value)
    if name in WORDING:
        return WORDING[name], None
    inner = definitions[name] if name else value
    return "nhóm khóa", inner


def _definition(value: Schema) -> str:
    return str(value.get("$ref", "")).removeprefix("#/$defs/")

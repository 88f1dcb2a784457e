"""Owns how one file becomes one record, or a list of them, and how a refusal becomes a problem at its place.

Knows the shape of files, not what the files say about each other (that is ``rules.py``).
"""

from __future__ import annotations

import types
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.dataclasses import is_pydantic_dataclass
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from generators.clean_text import read_raw
from generators.dataset.files import Files, name_of
from generators.dataset.kept import Kept, Reading, Readings, digest_of
from generators.dataset.signs import Signs, signs_of
from generators.dataset.unread import Unread
from generators.problems import Problems, catalogue, near_name
from generators.schema.scalars import Record, read_id, shown
from generators.source import Source, markdown_source, yaml_source

R = TypeVar("R", bound=Record)

_SHAPES = {
    "tuple_type": "not-list",
    "list_type": "not-list",
    "model_type": "not-mapping",
    "model_attributes_type": "not-mapping",
    "dict_type": "not-mapping",
    "dataclass_type": "not-mapping",
}
_UNKNOWN_KEYS = frozenset({"extra_forbidden", "unexpected_keyword_argument"})


class Loader:
    """Reads records below ``root``; keeps every source read, so that rules can point at lines, and its file's digest.

    A file that is one record is not read once more where ``kept`` has what it gave.
    """

    def __init__(self, root: Path, problems: Problems, kept: Kept | None = None, files: Files | None = None) -> None:
        self.root = root
        self.problems = problems
        self.sources: dict[str, Source] = {}
        self.signs: dict[Source, Signs] = {}
        self.digests: dict[str, str] = {}
        self.unread = Unread()
        self._asked: set[str] = set()
        self._files = files or Files(root)
        self._pool: dict[Any, Any] = {}  # what many records say in the same words; see schema/scalars.py
        self._watched: frozenset[str] = frozenset()
        self._readings = Readings(self._files, kept) if kept else None
        self._belied: set[str] = set()  # files that claim another id than their name

    def source(self, path: str) -> Source | None:
        """Gives the source of a YAML or Markdown file and remembers it, or ``None`` with a problem."""
        return self._source(path, read_raw(self.root, path, self.problems))

    def _source(self, path: str, raw: bytes | None) -> Source | None:
        self._asked.add(path)
        read = markdown_source if path.endswith(".md") else yaml_source
        source = None if raw is None else read(path, raw, self.problems)
        if source is not None and raw is not None:
            self.digests[path] = digest_of(raw)
            self._remember(source, signs_of(source, self._watched))
        return source

    def _remember(self, source: Source, signs: Signs) -> None:
        self.sources[source.path] = source
        self.signs[source] = signs

    def ahead(self, paths: Sequence[str], record: type[Record], *, named: bool = False) -> None:
        """Has files that :meth:`whole` will be asked for read by several processes, where that can be done and pays.

        Nobody is told here of what is wrong with them: those files are read once more, each in its turn.
        """
        if self._readings:
            other = Loader(self.root, Problems(), files=self._files)
            other._pool, other._watched, other._readings = self._pool, self._watched, self._readings
            self._readings.ahead(paths, record, lambda path: other.whole(path, record, named=named))

    def whole(self, path: str, record: type[R], *, named: bool = False) -> tuple[Source | None, R | None]:
        """Gives the source of a file and the one record that it is; a problem says why either is ``None``.

        ``named`` is for a file whose name is the record's id. The source is light where there is a record, which says
        it all.
        """
        kept, digest, raw = self._readings.find(path, record) if self._readings else (None, "", None)
        if kept is not None:
            self._asked.add(path)
            self.digests[path] = digest
            light = Source.of_file(self.root, path, kept.first_line, kept.body, kept.body_line)
            self._remember(light, kept.signs)
            return light, cast("R", kept.record)
        before = len(self.problems)
        raw = read_raw(self.root, path, self.problems) if raw is None else raw
        source = self._source(path, raw)
        if source is None:
            return None, None
        loaded = self.validate(source, self._named(source) if named else source.value, record)
        if loaded is None:
            return source, None
        light, signs = source.light(self.root), self.signs.pop(source)
        self._remember(light, signs)
        if self._readings and len(self.problems) == before:
            reading = Reading(loaded, signs, light.first_line, light.body, light.body_line)
            self._readings.keep(path, self.digests[path], reading)
        return light, loaded

    def watch(self, words: Iterable[str]) -> None:
        """Notes from now on, and for what was read already, which of the words stand in which file."""
        self._watched = frozenset(words)
        self.signs = {source: signs_of(source, self._watched) for source in self.signs}
        if self._readings:
            self._readings.watch(self._watched)

    def note_unread(self, folder: str, suffixes: Collection[str]) -> None:
        """Complains about each file below ``folder`` with one of ``suffixes`` that nothing has asked for."""
        for path in self._files.below(folder):
            ending = f".{path.rpartition('.')[2].lower()}"
            if ending in suffixes and path not in self._asked and "/." not in path:
                self.problems.add(path, (1, 1), "file-unread")
                self.unread.add(path.rpartition("/")[0], path, PurePosixPath(path).stem)

    def record(self, path: str, record: type[R]) -> R | None:
        """Gives the record that a whole file is."""
        source, loaded = self.whole(path, record)
        if loaded is None:
            self.unread.add(path, path, value=source.value if source else None)
        return loaded

    def settings(self, path: str, record: type[R]) -> R:
        """Gives the one record of a file that every project has; when it is wrong, what of it can be read.

        In that case a problem was added, and the record lacks the fields that are wrong: it serves to judge other
        files by, never to publish from.
        """
        loaded = self.record(path, record)
        if loaded is not None:
            return loaded
        value = self.sources[path].value if path in self.sources else None
        sound = dict(_sound_fields(record, value)) if isinstance(value, dict) else {}
        return cast("R", record.model_construct(**sound))

    def folder(self, folder: str, record: type[R]) -> dict[str, R]:
        """Gives the records of a folder, one a file, by id: the file's name without ``.yml``."""
        records: dict[str, R] = {}
        paths = list(self.files(folder, ".yml"))
        self.ahead(paths, record, named=True)
        for path in paths:
            name = name_of(path)
            source, loaded = None, None
            if self.is_id(path, name):
                source, loaded = self.whole(path, record, named=True)
            if loaded is not None:
                records[name] = loaded
            if loaded is None or path in self._belied:
                self.unread.add(folder, path, name, source.value if source else None)
        return records

    def _named(self, source: Source) -> Any:
        """Gives the value of a file whose name is its id."""
        name, value = name_of(source.path), source.value
        if not isinstance(value, dict):
            return value
        if value.get("id", name) != name:
            self.problems.add(source.path, source.position(["id"]), "id-not-file-name", found=value["id"], name=name)
            self._belied.add(source.path)
        return {**value, "id": name}

    def listed(self, path: str, record: type[R]) -> dict[str, R]:
        """Gives the records of a file that is a list, by their ``id``, in the file's order."""
        source = self.source(path)
        if source is None:
            self.unread.add(path, path)
            return {}
        if not isinstance(source.value, list):
            self.problems.add(path, (source.first_line, 1), "not-list")
            self.unread.add(path, path)
            return {}
        records: dict[str, R] = {}
        for index, value in enumerate(source.value):
            loaded = self.validate(source, value, record, (index,))
            if loaded is None:
                self.unread.add(path, path, value=value)
                continue
            name: str = getattr(loaded, "id")  # noqa: B009 - every listed record has an id; Record itself has none
            if name in records:
                self.problems.add(path, source.position([index, "id"]), "id-twice", found=name)
                self.unread.add(path, path)  # one of the two is somebody else
            records.setdefault(name, loaded)
        return records

    def files(self, folder: str, suffix: str) -> Iterator[str]:
        """Gives the paths of a folder's files with ``suffix``, relative to the root, in order of name."""
        level = folder.count("/") + 1
        yield from (path for path in self.files_below(folder, suffix) if path.count("/") == level)

    def files_below(self, folder: str, suffix: str) -> list[str]:
        """Gives the paths of the files with ``suffix`` below a folder, however deep, by folders and names."""
        top = folder.partition("/")[0]
        start = f"{folder}/"
        return [path for path in self._files.below(top) if path.endswith(suffix) and path.startswith(start)]

    def validate(self, source: Source, value: Any, record: type[R], at: tuple[int | str, ...] = ()) -> R | None:
        """Gives the record, or ``None`` with one problem for each thing that is wrong in it."""
        try:
            return record.model_validate(value, context=self._pool)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self._note(source, detail, record, at)
            return None

    def is_id(self, path: str, name: str) -> bool:
        """True when a part of a file's path can be an id and so part of an address; else the file is complained of."""
        try:
            read_id(name)
        except PydanticCustomError as refused:
            self._asked.add(path)
            code = "file-name" if refused.type == "bad-id" else refused.type
            self.problems.add(path, (1, 1), code, **(refused.context or {}))
            return False
        return True

    def _note(self, source: Source, detail: ErrorDetails, record: type[Record], at: tuple[int | str, ...]) -> None:
        loc = (*at, *detail["loc"])
        kind = detail["type"]
        field = str(loc[-1]) if loc else ""
        context: dict[str, Any] = dict(detail.get("ctx") or {})
        if kind == "missing":
            self.problems.add(source.path, source.position(loc[:-1]), "field-missing", field=field)
        elif kind in _UNKNOWN_KEYS:
            near = near_name(field, _field_names(record, detail["loc"][:-1]))
            self.problems.add(source.path, source.position(loc, of_key=True), "field-unknown", near=near, field=field)
        elif kind == "literal_error":
            allowed = [word.strip(" '") for word in context["expected"].replace(" or ", ", ").split(",")]
            found = shown(detail["input"])
            near = near_name(found, allowed)
            self.problems.add(
                source.path, source.position(loc), "value-unknown", near=near, found=found, allowed=", ".join(allowed)
            )
        elif kind in _SHAPES:
            self.problems.add(source.path, source.position(loc), _SHAPES[kind])
        elif kind in catalogue():
            self.problems.add(source.path, source.position(loc), kind, **context)
        else:
            self.problems.add(source.path, source.position(loc), "value-wrong", found=shown(detail["input"]))


def _sound_fields(record: type[Record], value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Gives the fields of a record that are right by themselves."""
    for name, field in record.model_fields.items():
        try:
            read = TypeAdapter(cast("type[Any]", Annotated[field.annotation, field]))
            yield name, read.validate_python(value[name])
        except (KeyError, ValidationError):
            continue


def _field_names(record: type[Record], loc: tuple[int | str, ...]) -> list[str]:
    """Gives the keys allowed at ``loc`` inside ``record``."""
    current: type[Any] = record
    for step in loc:
        if isinstance(step, int):
            continue
        fields = {field.alias or name: field for name, field in _fields(current).items()}
        if step not in fields:
            return []
        inner = _record_in(fields[step].annotation)
        if inner is None:
            return []
        current = inner
    return [field.alias or name for name, field in _fields(current).items()]


def _fields(record: type[Any]) -> dict[str, FieldInfo]:
    fields: dict[str, FieldInfo] = record.__pydantic_fields__  # of models and of dataclasses alike
    return fields


def _record_in(annotation: Any) -> type[Any] | None:
    if isinstance(annotation, type) and (issubclass(annotation, BaseModel) or is_pydantic_dataclass(annotation)):
        return annotation
    if get_origin(annotation) in (tuple, list, Union, types.UnionType):
        return next((found for part in get_args(annotation) if (found := _record_in(part))), None)
    return None

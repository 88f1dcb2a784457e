"""Owns how news items are found and read: ``content/tin-tuc/**/<name>.md``, with ``<name>.en.md`` beside it.

Any folders may stand between; they mean nothing, so that a file can be moved. An item's picture lies beside it. Also
owns the rules that hold between items, and between items and other records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from generators.clean_text import Unreadable, read_bytes
from generators.dataset.files import name_of
from generators.dataset.loading import Loader
from generators.dataset.unread import Unread
from generators.limits import PICTURE_BYTES
from generators.marks import Loc
from generators.pictures import ENDINGS, BadPicture, Copy, copies, look_at, shown_size
from generators.problems import Problems, near_name
from generators.schema.news import NewsMeta, NewsTwinMeta
from generators.source import Source

NEWS_FOLDER = "content/tin-tuc"
REPORT_TOPIC = "tien-do"  # the topic that items made from progress reports carry

_ENGLISH = ".en.md"
_NAMES = {"unit": "đơn vị", "model": "mô hình", "topic": "chủ đề"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture beside a file: its name and bytes there, its media type, and the pixels in which it is shown."""

    name: str
    content: bytes
    kind: str
    width: int
    height: int

    @property
    def copies(self) -> tuple[Copy, ...]:
        """What is published in its place: a clean copy in its own format, then WebP from narrow to wide."""
        return copies(self.content)


@dataclass(frozen=True, slots=True)
class NewsTwin:
    """The English of an item."""

    meta: NewsTwinMeta
    source: Source


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One item as its files say it; ``name`` is the file's name without ``.md`` and part of the address."""

    path: str
    name: str
    meta: NewsMeta
    source: Source
    english: NewsTwin | None
    picture: Picture | None


def load_news(loader: Loader) -> tuple[NewsItem, ...]:
    """Gives every item, in order of path, with its English and its picture."""
    paths = loader.files_below(NEWS_FOLDER, ".md")
    twins = {path for path in paths if path.endswith(_ENGLISH)}
    own = sorted(set(paths) - twins)
    loader.ahead(own, NewsMeta)
    loader.ahead(sorted(twins), NewsTwinMeta)
    items = []
    for path in own:
        twin_path = f"{path.removesuffix('.md')}{_ENGLISH}"
        twin = _twin(loader, twin_path) if twin_path in twins else None
        twins.discard(twin_path)
        item = _item(loader, path, twin)
        if item is not None:
            items.append(item)
    for path in sorted(twins):
        loader.source(path)
        loader.problems.add(path, (1, 1), "news-twin-alone", found=path.removesuffix(_ENGLISH) + ".md")
    return tuple(items)


def _item(loader: Loader, path: str, twin: NewsTwin | None) -> NewsItem | None:
    name = name_of(path)
    source, meta = loader.whole(path, NewsMeta) if loader.is_id(path, name) else (None, None)
    if source is None or meta is None:
        loader.unread.add(NEWS_FOLDER, path, name, source.value if source else None)
        return None
    picture = load_picture(loader, source, meta.image, ["image"]) if meta.image else None
    return NewsItem(path, name, meta, source, twin, picture)


def _twin(loader: Loader, path: str) -> NewsTwin | None:
    source, meta = loader.whole(path, NewsTwinMeta)
    if source is None or meta is None:
        loader.unread.add(NEWS_FOLDER, path, PurePosixPath(path).name.removesuffix(_ENGLISH))
        return None
    return NewsTwin(meta, source)


def load_picture(loader: Loader, source: Source, name: str, at: Loc) -> Picture | None:
    """Gives the picture ``name`` beside a file, or ``None`` with a problem at the place in that file that names it."""
    path = (PurePosixPath(source.path).parent / name).as_posix()

    def refuse(code: str, **values: Any) -> None:
        loader.problems.add(source.path, source.position(at), code, found=name, **values)

    try:
        content = read_bytes(loader.root, path, PICTURE_BYTES)
        look = look_at(content)
    except Unreadable as refused:
        if refused.code == "file-missing":
            beside = [file.name for file in (loader.root / path).parent.iterdir()]
            refuse("news-image-missing", near=near_name(name, beside))
        elif refused.code == "file-too-big":
            refuse("news-image-big", **refused.values)
        else:
            loader.problems.add(path, (1, 1), refused.code, **refused.values)
        return None
    except BadPicture as bad:
        refuse("news-image-huge" if bad.reason == "huge" else "news-image-unreadable")
        return None
    if not name.lower().endswith(ENDINGS[look.kind]):
        refuse("news-image-kind", ending=ENDINGS[look.kind][0])
        return None
    if look.tells_place:
        refuse("news-image-place")
    return Picture(name, content, look.kind, *shown_size(look.width, look.height))


def check_news(
    items: Sequence[NewsItem], allowed: Mapping[str, Mapping[str, Any]], unread: Unread, problems: Problems
) -> None:
    """Adds a problem for each unknown reference, each id and each address, old ones too, that two items share, and
    each missing English.

    ``allowed`` are the known records by kind: ``unit``, ``model``, ``topic``; ``unread`` what else there may be.
    """
    ids: dict[str, str] = {}
    addresses: dict[tuple[int, int, str], str] = {}
    for item in items:
        for kind, field in (("unit", "units"), ("model", "models"), ("topic", "topics")):
            _check_references(item, kind, field, allowed[kind], unread, problems)
        day = item.meta.date.day
        _check_first(item, ids, item.meta.id, "id", problems)
        _check_first(item, addresses, (day.year, day.month, item.name), "address", problems)
        if item.meta.id.startswith("report-"):  # the program's own ids, see derive/news_entry.py
            problems.add(item.path, item.source.position(["id"]), "news-id-reserved", found=item.meta.id)
        _check_twin(item, unread, problems)
    for item in items:
        _check_old_addresses(item, addresses, problems)


def _check_references(
    item: NewsItem, kind: str, field: str, allowed: Mapping[str, Any], unread: Unread, problems: Problems
) -> None:
    for index, found in enumerate(getattr(item.meta, field)):
        if found not in allowed and not unread.may_be(kind, found):
            position = item.source.position([field, index])
            near = near_name(found, allowed)
            problems.add(
                item.path, position, "reference-unknown", near=near, what=_NAMES[kind], what_en=kind, found=found
            )


def _check_old_addresses(item: NewsItem, addresses: dict[tuple[int, int, str], str], problems: Problems) -> None:
    """An old address may lead to one item only, and to none where a page stands."""
    for index, place in enumerate(item.meta.old_addresses):
        year, month, name = place.split("/")
        key = (int(year), int(month), name)
        if key in addresses:
            position = item.source.position(["old_addresses", index])
            found = f"/tin-tuc/{place}/"
            problems.add(item.path, position, "news-old-address-taken", found=found, other=addresses[key])
        addresses.setdefault(key, item.path)


def _check_first(item: NewsItem, seen: dict[Any, str], key: Any, what: str, problems: Problems) -> None:
    if key in seen:
        position = item.source.position(["id" if what == "id" else "date"])
        problems.add(item.path, position, f"news-{what}-twice", found=item.meta.id, other=seen[key])
    seen.setdefault(key, item.path)


def _check_twin(item: NewsItem, unread: Unread, problems: Problems) -> None:
    if item.english is None:
        if f"{item.path.removesuffix('.md')}{_ENGLISH}" not in unread.paths:
            problems.add(item.path, (1, 1), "english-missing")
    elif item.picture and item.english.meta.alt is None:
        problems.add(item.english.source.path, (1, 1), "field-missing", field="alt")


def news_sources(items: Iterable[NewsItem]) -> Iterator[Source]:
    """Gives every Markdown source of the items, for the checks of links."""
    for item in items:
        yield item.source
        if item.english:
            yield item.english.source

"""Owns how records of praise are read, and the rule that a person is shown only with consent.

A name or a photo without a recorded consent stops the build. A consent that was withdrawn takes both away before any
output sees the record, so that none can show them (Luật 91/2025/QH15: consent is voluntary and can be withdrawn).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from generators.dataset.loading import Loader
from generators.dataset.news import Picture, load_picture
from generators.dataset.signs import Signs
from generators.dataset.texts import texts_below
from generators.problems import Problems
from generators.schema.praise import Person, Praise
from generators.source import Position, Source
from generators.text import format_date

PRAISE_FOLDER = "data/praise"
_NAME_FIELD = ("person", "name")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class PraiseItem:
    """One record of praise with the person's photo, where there is one that may be shown."""

    record: Praise
    picture: Picture | None

    @property
    def path(self) -> str:
        """The record's file."""
        return f"{PRAISE_FOLDER}/{self.record.id}.yml"

    def as_shown(self) -> PraiseItem:
        """Gives the record with so much of the person as the consent allows: after a withdrawal nothing at all."""
        person = self.record.person
        if person is None:
            return self
        name = person.name if may_show(person, "name") else None
        photo = (person.photo, person.photo_alt) if may_show(person, "photo") else (None, None)
        shown = Person(name=name, photo=photo[0], photo_alt=photo[1]) if name or photo[0] else None
        return PraiseItem(self.record.model_copy(update={"person": shown}), self.picture if photo[0] else None)


def may_show(person: Person, what: str) -> bool:
    """True when the person agreed that ``what`` (``name``, ``photo``) is shown, and has not taken that back."""
    consent = person.consent
    return consent is not None and consent.withdrawn is None and what in consent.scope


def load_praise(loader: Loader) -> dict[str, PraiseItem]:
    """Gives every record of praise by id; photos that may not be shown are not even opened.

    To be called before other files are read: from here on the loader watches for the names.
    """
    records = loader.folder(PRAISE_FOLDER, Praise)
    names = (record.person.name for record in records.values() if record.person and record.person.name)
    loader.watch(word for name in names for word in _first_words(name))
    return {name: _with_photo(loader, record) for name, record in records.items()}


def _with_photo(loader: Loader, record: Praise) -> PraiseItem:
    bare = PraiseItem(record, None)
    person = record.person
    if person is None or person.photo is None or not may_show(person, "photo"):
        return bare
    source = loader.sources[bare.path]
    return PraiseItem(record, load_picture(loader, source, person.photo, ["person", "photo"]))


def check_praise(
    items: Mapping[str, PraiseItem],
    sources: Mapping[str, Source],
    signs: Mapping[Source, Signs],
    problems: Problems,
    today: date | None,
) -> None:
    """Adds a problem for a person without consent, for impossible days of a consent, for a name in another place.

    ``sources`` are all files that were read: a name in running text would still stand there after a withdrawal.
    """
    by_word: dict[str, list[Source]] = {}
    unseen = [source for source in sources.values() if source not in signs]
    for source in sources.values():
        for word in signs[source].watched if source in signs else ():
            by_word.setdefault(word, []).append(source)
    for item in items.values():
        if item.record.person:
            source = sources[item.path]
            _check_consent(item.record.person, source, problems, today)
            found = (by_word.get(word, ()) for word in _first_words(item.record.person.name or ""))
            _check_name_elsewhere(item, dict.fromkeys((*chain.from_iterable(found), *unseen)), problems)


def _first_words(name: str) -> frozenset[str]:
    """Gives the word that a name begins with, as it is written in a text and in capitals."""
    return frozenset(found.group() for written in (name, name.upper()) if (found := _WORD.search(written)))


def _check_consent(person: Person, source: Source, problems: Problems, today: date | None) -> None:
    consent = person.consent
    for field, value in (("name", person.name), ("photo", person.photo)):
        if value and (consent is None or field not in consent.scope):
            problems.add(source.path, source.position(["person", field]), "praise-no-consent", field=field)
    if consent is None:
        return
    limit = min((day for day in (consent.withdrawn, today) if day), default=consent.date)
    if consent.date > limit:
        position = source.position(["person", "consent", "date"])
        found = format_date(consent.date, "vi")
        problems.add(source.path, position, "praise-consent-late", found=found, limit=format_date(limit, "vi"))
    elif consent.withdrawn and (person.name or person.photo):
        problems.add(source.path, source.position(["person", "consent", "withdrawn"]), "praise-withdrawn")


def _check_name_elsewhere(item: PraiseItem, sources: Iterable[Source], problems: Problems) -> None:
    name = item.record.person.name if item.record.person else None
    if name is None or " " not in name:  # one word alone is too often an ordinary word
        return
    words = r"\s+".join(map(re.escape, name.split()))
    capitals = r"\s+".join(map(re.escape, name.upper().split()))
    pattern = re.compile(rf"(?<!\w)(?:{words}|{capitals})(?!\w)")
    for source in sources:
        for position in _places(source, pattern, own=source.path == item.path):
            problems.add(source.path, position, "praise-name-elsewhere", other=item.path)


def _places(source: Source, pattern: re.Pattern[str], *, own: bool) -> Iterator[Position]:
    for loc, text in texts_below(source.value):
        if pattern.search(text) and not (own and tuple(loc) == _NAME_FIELD):
            yield source.position(loc)
    for found in pattern.finditer(source.body):
        line = source.body_line + source.body.count("\n", 0, found.start())
        yield line, found.start() - source.body.rfind("\n", 0, found.start())

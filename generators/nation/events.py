"""Owns the activities and the news of the data set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from generators.nation.places import Place
from generators.nation.voice import MARK, Voice, word_lists
from generators.scaffold.writing import NewFile, id_of, ids, scalar, schema_line, whole, words
from generators.text import format_date

_FIRST_CLASS, _LAST_CLASS = date(2026, 9, 7), "30/06/2027"
_FIRST_ONCE = date(2026, 10, 12)
_ONCE_DAYS = 120
_FIRST_NEWS, _LAST_NEWS = date(2025, 7, 2), date(2026, 11, 20)
_RECURRING, _SECOND = 0.7, 0.5
_GROUPS = ("residents", "elderly")


def activity_files(place: Place, seed: int) -> Iterator[NewFile]:
    """Gives one activity of a place or two: a class that meets every week, or something that happens once."""
    voice, lists = Voice(seed, "activities", place), word_lists("activity")
    recurs = voice.chance(_RECURRING)
    if recurs:
        first = _FIRST_CLASS + timedelta(days=voice.number(0, 20))
        kind = voice.pick(lists["weekly"])
        yield _activity(place, {**kind, "kind": "class"}, first, voice, repeats=True)
    if not recurs or voice.chance(_SECOND):
        day = _FIRST_ONCE + timedelta(days=voice.number(0, _ONCE_DAYS))
        yield _activity(place, voice.pick(lists["once"]), day, voice, repeats=False)


def _activity(place: Place, what: Mapping[str, Any], day: date, voice: Voice, *, repeats: bool) -> NewFile:
    shown = format_date(day, "vi")
    lines = [
        schema_line("activity", 2),
        f"title: {words(what['title'])}",
        f"summary: {words(what['summary'])}",
        f"unit: {place.id}",
        f"kind: {what['kind']}",
        f'starts: "{shown} {what["starts"]}"',
        f'ends: "{shown} {what["ends"]}"',
        *(["repeats:", "  every: week", f"  until: {_LAST_CLASS}"] if repeats else []),
        "place:",
        f"  name: {words(voice.one(word_lists('activity')['places']))}",
        f"  address: {words(f'{place.name} (dữ liệu đo tốc độ)')}",
        "contact:",
        f"  body: {words(voice.say('UBND {noi}'))}",
        "access:",
        "  features: [step-free, seats, helper]",
        f"groups: {ids(_GROUPS)}",
        "models: [lop-hoc-binh-dan-hoc-vu-so]",
        "status: confirmed",
        f"announced: {format_date(min(day, _LAST_NEWS) - timedelta(days=voice.number(7, 20)), 'vi')}",
        "source:",
        f"  name: {words(MARK)}",
    ]
    return NewFile(f"data/activities/{place.id}-{what['id']}.yml", whole(lines))


def news_files(places: Sequence[Place], count: int, seed: int) -> Iterator[NewFile]:
    """Gives ``count`` items, evenly over the months, each about one of the places."""
    days = (_LAST_NEWS - _FIRST_NEWS).days
    for number in range(count):
        day = _FIRST_NEWS + timedelta(days=number * days // max(1, count - 1))
        place = places[number * len(places) // count if count < len(places) else number % len(places)]
        yield _news(place, number + 1, day, seed)


def _news(place: Place, number: int, day: date, seed: int) -> NewFile:
    voice, lists = Voice(seed, "news", place, number), word_lists("news")
    story = voice.pick(lists["stories"])
    title = voice.say(story["title"])
    body = [
        voice.one(lists["opening"]),
        *voice.some(lists["middle"], voice.number(4, 7)),
        voice.one(lists["closing"]),
        f"*{MARK}*",
    ]
    lines = [
        "---",
        f"id: tin-{number:05}",
        f"title: {scalar(title)}",
        f"date: {format_date(day, 'vi')}",
        f"summary: {scalar(story['summary'])}",
        f"topics: [{story['topic']}]",
        f"units: [{place.id}]",
        *([f"models: [{story['model']}]"] if "model" in story else []),
        "source:",
        f"  name: {words(MARK)}",
        "---",
        "",
        "\n\n".join(body),
    ]
    path = f"content/tin-tuc/{day:%Y}/{day:%m}/{id_of(title)[:50].strip('-')}-{number}.md"
    return NewFile(path, whole(lines))

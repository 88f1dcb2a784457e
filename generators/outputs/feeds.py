"""Publishes the feeds of all news and of each unit, model and topic, and the page that tells how to follow them.

Units and models have their feeds from the start, even before any news, since their addresses are promised: who
subscribes today hears of the first item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from generators.addresses import FEED_FILES, HOME, news_address, other_language, section_address
from generators.artefact import Artefact, Page
from generators.dataset import LANGUAGES
from generators.derive.news import ListKind, NewsList
from generators.derive.news_entry import NewsEntry
from generators.derive.paging import paged
from generators.limits import FEED_ENTRIES
from generators.origins import by_place, fact, news_origins
from generators.parts import Bundle, Output, Part
from generators.problems import Language
from generators.render.feeds import Entry, Feed, FeedImage, FeedSource, atom, json_feed, rss
from generators.render.html import Templates, base_of
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling.story import picture_address, source_text, story_html, subjects

_SECTION = "theo-doi"
_ENTRIES_KEPT = 1024  # the newest of all lists; a country has tens of thousands
_WRITERS = {"feed.xml": rss, "atom.xml": atom, "feed.json": json_feed}


@Output
def render(site: Site, templates: Templates) -> Iterator[Part | Bundle]:
    """Gives each list's feed in three formats and each language, and the page of all feeds."""
    for lang in LANGUAGES:
        entry_of = _entries(site, templates, lang)
        for part in followed_lists(site, lang):
            if part.kind != "unit":
                yield _list_feeds(site, part, entry_of, lang, f"feeds/{lang}/{part.kind}")
        yield from by_place(site, f"feeds/{lang}/unit", partial(_of_unit, site, entry_of, lang))
        archives = paged(site.derived.news.all.in_language(lang), FEED_ENTRIES).older
        for number, entries in enumerate(archives, 1):
            make = partial(_archive, site, entries, number, len(archives), lang)
            yield Part(f"feeds/{lang}/archive/{number}", make, _archive_origins(archives, number))
        yield Part(f"feeds/{lang}", partial(_page, site, templates, lang), ())


def _of_unit(
    site: Site, entry_of: Callable[[NewsEntry], Entry], lang: Language, bundle: str, unit: Unit
) -> Iterator[Part]:
    part = site.derived.news.of("unit", unit.id)
    if site.has_feed(part, lang):
        yield _list_feeds(site, part, entry_of, lang, bundle)


def _list_feeds(
    site: Site, part: NewsList, entry_of: Callable[[NewsEntry], Entry], lang: Language, kind: str
) -> Part:
    return Part(f"{kind}/{part.id}", partial(_feeds, site, part, entry_of, lang), _feed_origins(part, lang))


def _feed_origins(part: NewsList, lang: Language) -> tuple[str, ...]:
    pages = paged(part.in_language(lang), FEED_ENTRIES)
    return fact(len(pages.older)), *news_origins(pages.newest)


def _archive_origins(archives: Sequence[tuple[NewsEntry, ...]], number: int) -> tuple[str, ...]:
    return fact(number == len(archives)), *news_origins(archives[number - 1])


def _entries(site: Site, templates: Templates, lang: Language) -> Callable[[NewsEntry], Entry]:
    """Gives what gives an item's entry: the newest stand in several feeds and are made once."""
    return lru_cache(_ENTRIES_KEPT)(lambda entry: feed_entry(site, templates, entry, lang))


def followed_lists(site: Site, lang: Language) -> tuple[NewsList, ...]:
    """Gives the lists that have feeds in ``lang``: all news, then topics, models and units."""
    news = site.derived.news
    lists = (news.all, *news.lists_of("topic"), *news.lists_of("model"), *news.lists_of("unit"))
    return tuple(part for part in lists if site.has_feed(part, lang))


def _feeds(site: Site, part: NewsList, entry_of: Callable[[NewsEntry], Entry], lang: Language) -> Iterator[Artefact]:
    """Gives a list's feeds with its newest entries; that of all news leads on to what came before.

    What came before in a part of the news stands on the pages of its list.
    """
    home = site.feed_home(part, lang)
    pages = paged(part.in_language(lang), FEED_ENTRIES)
    feed = make_feed(site, part, tuple(entry_of(entry) for entry in pages.newest), lang)
    if part.kind == "all" and pages.older:
        feed = replace(feed, older=site.absolute(site.feed_archive(len(pages.older), lang)))
    for file, write in _WRITERS.items():
        content = write(feed, site.absolute(f"{home}{file}"))
        yield Artefact(f"{home}{file}".lstrip("/"), content, "content/tin-tuc")


def _archive(
    site: Site, entries: tuple[NewsEntry, ...], number: int, count: int, lang: Language
) -> Iterator[Artefact]:
    """Gives one archive document of all news: it changes once, when the next one comes into being.

    Its entries have no body. Thousands of them would make as many megabytes that hardly anybody fetches.
    """

    def folder(one: int) -> str:
        return site.absolute(site.feed_archive(one, lang)) if 1 <= one <= count else ""

    home = site.feed_archive(number, lang)
    feed = replace(
        make_feed(site, site.derived.news.all, tuple(_entry(site, entry, lang) for entry in entries), lang),
        older=folder(number - 1),
        newer=folder(number + 1),
        current=site.absolute(HOME[lang]),
        style=f"{base_of(home)}/assets/css/feed.{lang}.css",
    )
    for file in ("atom.xml", "feed.json"):
        content = _WRITERS[file](feed, site.absolute(f"{home}{file}"))
        yield Artefact(f"{home}{file}".lstrip("/"), content, "content/tin-tuc")


def make_feed(site: Site, part: NewsList, entries: tuple[Entry, ...], lang: Language) -> Feed:
    """Gives the feed of a list. Its id names what it is about, not where it stands."""
    authority = site.dataset.campaign.tag_authority
    home = site.feed_home(part, lang)
    title = site.feed_title(part, lang)
    return Feed(
        id=authority.tag(f"feed/{part.kind}{f'/{part.id}' if part.id else ''}/{lang}"),
        title=title,
        description=site.phrase("feed-description", lang, title=title),
        lang=lang,
        home=site.absolute(home),
        entries=entries,
        author=site.phrase("site-name", lang),
        since=authority.since,
        style=f"{base_of(home)}/assets/css/feed.{lang}.css",
    )


def feed_entry(site: Site, templates: Templates, entry: NewsEntry, lang: Language) -> Entry:
    """Gives an entry with all its words."""
    content = templates.render(
        "news-feed.html",
        lang,
        news_address(entry, lang),
        site=site,
        entry=entry,
        text=entry.texts[lang],
        story=story_html(site, templates, entry, lang),
        source_text=source_text(entry, lang),
        picture_address=picture_address(entry),
    )
    return _entry(site, entry, lang, content.strip())


def _entry(site: Site, entry: NewsEntry, lang: Language, content: str = "") -> Entry:
    """Gives an entry as feeds carry it. Its id is that of the Vietnamese text; the English one ends in ``/en``."""
    text = entry.texts[lang]
    url = site.absolute(news_address(entry, lang))
    mark = f"{site.phrase('ui-sample', lang)}: " if entry.sample else ""
    return Entry(
        id=site.dataset.campaign.tag_authority.tag(f"news/{entry.id}{'' if lang == 'vi' else f'/{lang}'}"),
        url=url,
        title=f"{mark}{text.title}",
        summary=f"{mark}{text.summary}",
        content=content,
        published=entry.date.at,
        updated=entry.updated,
        author=entry.author.get(lang) if entry.author else "",
        categories=tuple(
            (f"{part.kind}/{part.id}", site.news_list_name(part, lang)) for part in subjects(site, entry)
        ),
        image=_image(site, entry),
        source=FeedSource(source_text(entry, lang), entry.source.url or "") if entry.source else None,
    )


def _image(site: Site, entry: NewsEntry) -> FeedImage | None:
    if entry.picture is None:
        return None
    return FeedImage(site.absolute(picture_address(entry)), entry.picture.kind, len(entry.picture.copies[0].content))


def _listed(site: Site, parts: tuple[NewsList, ...], kind: ListKind) -> list[NewsList]:
    """Gives the lists of one kind that the page names: where units are too many, the sample's alone."""
    own = [part for part in parts if part.kind == kind]
    if kind == "unit" and site.derived.by_province:
        return [part for part in own if site.dataset.units[part.id].sample]
    return own


def _page(site: Site, templates: Templates, lang: Language) -> Iterator[Page]:
    address = section_address(_SECTION, lang)
    other = other_language(lang)
    parts = followed_lists(site, lang)
    groups = [(kind, _listed(site, parts, kind)) for kind in ("topic", "model", "unit")]
    body = templates.render(
        "follow.html",
        lang,
        address,
        site=site,
        main=site.derived.news.all,
        groups=groups,
        files=FEED_FILES,
        progress=section_address("tien-do", lang),
        calendar=section_address("lich", lang),
    )
    yield Page(
        address=address,
        lang=lang,
        title=site.phrase("follow-title", lang),
        description=site.phrase("follow-description", lang),
        body=body,
        source="data/topics.yml",
        section=_SECTION,
        twin=section_address(_SECTION, other),
        page_class="page-follow",
    )

"""Owns what a poster for the notice board says of a unit or of an activity, and which of them has one.

Posters hang in Vietnam, so they are in Vietnamese whatever the page's language. What one says of a record stands on the
page that its code leads to as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from generators import limits
from generators.dataset.rules import host_of
from generators.derive.activities import Series
from generators.problems import Language
from generators.render.poster import Poster, PosterFact
from generators.schema.activity import Activity
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling import agenda
from generators.telling.progress_words import level_text, plans_of, target_name, unit_targets

_LANG: Language = "vi"
_MOST_ROWS = 3  # of targets and of activities: more would be too small to read while passing by


def communes_have_posters(site: Site) -> bool:
    """Tells whether communes and their activities have posters of their own: not in a site of the whole country."""
    return len(site.dataset.units) + len(site.dataset.activities) <= limits.POSTERS


def has_unit_poster(site: Site, unit: Unit) -> bool:
    """Tells whether a unit has a poster: with a plan in force, and while it stands."""
    in_force = any(plan.status == "in_force" for plan in plans_of(site, unit))
    return in_force and not unit.abolished_on and _may_have_posters(site, unit)


def has_activity_poster(site: Site, series: Series) -> bool:
    """Tells whether an activity has a poster: not when it is cancelled or over."""
    unit = site.dataset.units[series.activity.unit]
    return _may_have_posters(site, unit) and not unit.abolished_on and not series.over


def _may_have_posters(site: Site, unit: Unit) -> bool:
    return unit.level != "commune" or communes_have_posters(site)


def unit_poster(site: Site, unit: Unit) -> Poster:
    """Gives the poster of a unit that has one."""
    return _poster(
        site,
        address=site.unit_address(unit.id, _LANG),
        sample=unit.sample,
        kicker=site.phrase("poster-unit-kicker", _LANG),
        title=unit.name.get(_LANG),
        summary=site.phrase("poster-unit-summary", _LANG),
        facts=tuple(_unit_facts(site, unit)),
        learn_at=unit.platform,
    )


def activity_poster(site: Site, series: Series) -> Poster:
    """Gives the poster of an activity that has one."""
    activity = series.activity
    unit = site.dataset.units[activity.unit]
    moved = activity.status == "moved" and activity.status_note
    return _poster(
        site,
        address=site.activity_address(activity.id, _LANG),
        sample=unit.sample,
        kicker=f"{site.phrase(f'act-kind-{activity.kind}', _LANG)} · {agenda.unit_name(site, unit.id, _LANG)}",
        title=activity.title.get(_LANG),
        summary=activity.summary.get(_LANG),
        notice=f"{site.phrase('act-status-moved', _LANG)}. {moved.get(_LANG)}" if moved else "",
        facts=tuple(_activity_facts(site, series)),
        learn_at=unit.platform,
    )


def _poster(
    site: Site,
    *,
    address: str,
    sample: bool,
    kicker: str,
    title: str,
    summary: str,
    facts: tuple[PosterFact, ...],
    learn_at: str | None,
    notice: str = "",
) -> Poster:
    typed = site.absolute(address).partition("://")[2].rstrip("/")
    mark = f"{site.phrase('ui-sample', _LANG)}. {site.phrase('ui-sample-text', _LANG)}"
    return Poster(
        lang=_LANG,
        site=site.phrase("site-name", _LANG),
        motto=site.phrase("shell-motto", _LANG),
        kicker=kicker,
        title=title,
        summary=summary,
        mark=mark if sample else "",
        notice=notice,
        facts=facts,
        url=site.absolute(address),
        qr_alt=site.phrase("banner-qr-alt", _LANG, host=typed),
        scan=site.phrase("poster-scan", _LANG),
        address=typed,
        learn=site.phrase("poster-learn", _LANG),
        learn_address=host_of(learn_at or site.dataset.campaign.platform.url),
    )


def _unit_facts(site: Site, unit: Unit) -> Iterator[PosterFact]:
    coming = [one for one in site.derived.activities.by_unit.get(unit.id, ()) if not one.over]
    shown = sorted(coming, key=lambda one: one.coming[0].starts)[:_MOST_ROWS]
    if shown:
        lines = (f"{one.activity.title.get(_LANG)}: {_when(site, one)}" for one in shown)
        yield _fact(site, "poster-coming", *lines, strong=True)
    targets = [one for one in unit_targets(site, unit) if one.target.at_least and one.target.year]
    latest = max((one.target.year or 0 for one in targets), default=0)
    levels = [
        f"{target_name(site, one, _LANG)}: {level_text(site, one.target, _LANG)}"
        for one in targets
        if one.target.year == latest
    ]
    if levels and latest >= site.today.year:
        yield _fact(site, "poster-targets", *levels[:_MOST_ROWS])
    host = host_of(site.dataset.campaign.platform.url)
    steps = (site.phrase(f"poster-start-{step}", _LANG, host=host) for step in ("open", "enter", "learn"))
    yield _fact(site, "poster-start", *steps)


def _activity_facts(site: Site, series: Series) -> Iterator[PosterFact]:
    activity = series.activity
    note = [activity.time_note.get(_LANG)] if activity.time_note else []
    yield _fact(site, "act-when", _when(site, series), *note, strong=True)
    if where := list(_where(activity)):
        yield _fact(site, "act-where", *where, strong=True)
    if activity.online:
        yield _fact(site, "act-where-online", activity.online.url.removeprefix("https://"))
    if activity.bring:
        yield _fact(site, "act-bring", *(one.get(_LANG) for one in activity.bring))
    if contact := list(_contact(activity)):
        yield _fact(site, "act-contact", *contact)
    if activity.access and activity.access.features:
        offers = [site.phrase(f"act-access-{name}", _LANG) for name in activity.access.features]
        yield _fact(site, "act-access", agenda.capital(agenda.join(site, offers, _LANG)))


def _fact(site: Site, label: str, *lines: str, strong: bool = False) -> PosterFact:
    return PosterFact(site.phrase(label, _LANG), lines, strong)


def _when(site: Site, series: Series) -> str:
    activity = series.activity
    return agenda.rhythm(site, activity, _LANG) or agenda.occurrence_when(site, series.coming[0], _LANG)


def _where(activity: Activity) -> Iterator[str]:
    if activity.place:
        yield activity.place.name.get(_LANG)
        if activity.place.address:
            yield activity.place.address.get(_LANG)
    elif activity.place_note:
        yield activity.place_note.get(_LANG)


def _contact(activity: Activity) -> Iterator[str]:
    contact = activity.contact
    if contact is None:
        return
    desk = f", {contact.desk.get(_LANG)}" if contact.desk else ""
    yield f"{contact.body.get(_LANG)}{desk}"
    yield from (one for one in (contact.phone, contact.email) if one)

"""Outputs in parts: nothing is made before it is asked for, and the parts make what the whole makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from generators import limits
from generators.artefact import Artefact
from generators.outputs import open_data
from generators.parts import Bundle, Output, Part, made_from
from generators.pipeline import OUTPUTS, listed_parts, load_site, site_parts
from generators.render.html import Templates
from generators.site import Site
from site_tests.many_places import crowded


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return load_site(root, date(2026, 11, 22), "https://example.org/")[0]


@pytest.fixture(scope="module")
def templates(site: Site) -> Templates:
    return Templates(site.phrase)


def _made(letter: str, said: list[str]) -> Iterator[Artefact]:
    said.append(letter)
    yield Artefact(f"{letter}.txt", letter, "data")


def test_a_part_is_made_only_when_it_is_asked_for() -> None:
    said: list[str] = []

    @Output
    def letters(_: str, __: str) -> Iterator[Part]:
        for letter in "abc":
            yield Part(letter, partial(_made, letter, said))

    parts = list(letters.parts("", ""))
    assert ([part.name for part in parts], said) == (["a", "b", "c"], [])
    assert [one.path for part in reversed(parts) for one in part.make()] == ["c.txt", "b.txt", "a.txt"]
    assert [one.path for one in letters("", "")] == ["a.txt", "b.txt", "c.txt"]


def test_the_parts_of_a_bundle_are_listed_when_they_are_asked_for() -> None:
    said: list[str] = []

    def of_province() -> Iterator[Part]:
        said.append("listed")
        yield Part("a/b/c", partial(_made, "c", said), ("=one",))

    @Output
    def letters(_: str, __: str) -> Iterator[Part | Bundle]:
        yield Bundle("a/b", of_province, ("=all",))

    (bundle,) = letters.listed("", "")
    assert (bundle.name, said) == ("a/b", [])
    first, second = letters.parts("", "")
    assert (first.name, first.origins, list(first.make())) == ("a/b", ("=all",), [])
    assert (second.name, said) == ("a/b/c", ["listed"])
    assert [one.path for one in letters("", "")] == ["c.txt"]


def test_the_names_of_parts_begin_with_their_bundle(site: Site, templates: Templates) -> None:
    bundles = [one for one in listed_parts(site, templates) if isinstance(one, Bundle)]
    assert bundles
    for bundle in bundles:
        assert [part.name for part in bundle.parts() if not part.name.startswith(f"{bundle.name}/")] == []


def test_an_output_that_is_not_cut_is_one_part_named_after_its_module() -> None:
    @made_from(lambda origin: (origin,))
    def letters(_: str, __: str) -> Iterator[Artefact]:
        yield from (made for letter in "abc" for made in _made(letter, []))

    (part,) = letters.parts("=one", "")
    assert (part.name, part.origins) == ("test_parts", ("=one",))
    assert list(part.make()) == list(letters("=one", ""))


def test_to_list_the_parts_of_many_plans_hardly_any_is_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is derived of single plans is for the parts that are made; after an edit these are few."""
    monkeypatch.setattr(limits, "SHARE_PICTURES", 20)
    monkeypatch.setattr(limits, "CALENDAR_ENTRIES", 20)
    site = crowded.__wrapped__(30, activities_each=1)
    asked: set[str] = set()

    def noting(compute: Callable[[str], object], plan_id: str) -> object:
        asked.add(plan_id)
        return compute(plan_id)

    for facts in (site.derived.progress, site.derived.punctuality, site.derived.task_boards, site.derived.outreach):
        monkeypatch.setattr(facts, "_compute", partial(noting, facts._compute))
    assert site.derived.by_province
    listed = [output for output in OUTPUTS if output is not open_data.render]
    assert [part for output in listed for part in output.parts(site, Templates(site.phrase))]
    assert len([plan_id for plan_id in asked if plan_id.startswith("xa-dong")]) <= 1  # to know that there are too many


def test_every_part_has_a_name_of_its_own(site: Site, templates: Templates) -> None:
    names = Counter(part.name for part in site_parts(site, templates))
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda one: one.__module__)
def test_parts_give_the_same_in_any_order(output: Output[Site, Templates], site: Site, templates: Templates) -> None:
    backwards = [one for part in reversed(list(output.parts(site, templates))) for one in part.make()]
    assert {one.path: one for one in backwards} == {one.path: one for one in output(site, templates)}

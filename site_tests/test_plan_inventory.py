"""Holds `data/plans` against the checked-in inventory of every target of the five real plans, both ways.

The inventory was read from the plans' texts, not from the data, so a figure lost, changed or invented in either place
shows. It is compared as plain values: nothing here goes through the schema that the site itself uses.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generators.problems import Problems
from generators.source import load_yaml
from site_tests.telling_problems import told

INVENTORY = "site_tests/inventory/targets.yml"

Entry = dict[str, Any]
Targets = dict[str, list[Entry]]
Change = Callable[[Targets], None]


def read(root: Path, path: str) -> Any:
    problems = Problems()
    source = load_yaml(root, path, problems)
    assert source is not None, told(problems)
    return source.value


def real_plans(root: Path) -> dict[str, Any]:
    """The plans of units that exist, by file name; the sample unit is marked in `data/units`."""
    plans = {file.stem: read(root, f"data/plans/{file.name}") for file in sorted((root / "data/plans").glob("*.yml"))}
    return {
        name: plan for name, plan in plans.items() if not read(root, f"data/units/{plan['unit']}.yml").get("sample")
    }


def in_vietnamese(words: Any) -> str:
    """The Vietnamese of a text that may be given alone or beside its English."""
    return (words or {}).get("vi", "") if isinstance(words, dict) else words or ""


def as_entry(target: Entry, measures: dict[str, str]) -> Entry:
    """One target of a plan, with only what the inventory knows about it."""
    return {
        "year": target.get("year"),
        "amount": target.get("at_least"),
        "words": target.get("quote") if target.get("at_least") is None else None,
        "group": target["group"],
        "measure": measures[target["indicator"]],
        "platform": in_vietnamese(target.get("platform")),
        "effort": target.get("effort", False),
        "section": target["section"],
    }


@pytest.fixture(scope="module")
def measures(root: Path) -> dict[str, str]:
    return {indicator["id"]: indicator["measure"] for indicator in read(root, "data/indicators.yml")}


@pytest.fixture(scope="module")
def inventory(root: Path) -> Targets:
    return read(root, INVENTORY)["plans"]


@pytest.fixture(scope="module")
def published(root: Path, measures: dict[str, str]) -> Targets:
    return {name: [as_entry(target, measures) for target in plan["targets"]] for name, plan in real_plans(root).items()}


def same_platform(expected: list[str], written: str) -> bool:
    """Whether each name stands in the words of the data, and no words stand where the plan names nothing."""
    return all(name in written for name in expected) if expected else not written


def agrees(expected: Entry, written: Entry) -> bool:
    return (
        all(expected.get(key) == written[key] for key in ("year", "amount", "words", "group", "measure", "section"))
        and expected.get("effort", False) == written["effort"]
        and same_platform(expected.get("platform", []), written["platform"])
    )


def differences(inventory: Targets, published: Targets) -> Iterator[str]:
    """Gives a line for each plan or target that stands on one side only; each target answers for one other."""
    for name in sorted(inventory.keys() | published.keys()):
        if name not in published or name not in inventory:
            yield f"{name}: only in {'the inventory' if name in inventory else 'data/plans'}"
            continue
        left_over = list(published[name])
        for expected in inventory[name]:
            match = next((written for written in left_over if agrees(expected, written)), None)
            if match is None:
                yield f"{name}: in the inventory, not in the data: {expected}"
            else:
                left_over.remove(match)
        yield from (f"{name}: in the data, not in the inventory: {written}" for written in left_over)


def test_data_and_inventory_tell_the_same_targets(inventory: Targets, published: Targets) -> None:
    assert not list(differences(inventory, published))


def test_inventory_covers_five_plans_and_25_targets_with_a_number(root: Path, inventory: Targets) -> None:
    assert len(inventory) == 5
    numbered = [entry for entries in inventory.values() for entry in entries if "amount" in entry]
    assert len(numbered) == 25 == int(read(root, INVENTORY)["numbered"])
    assert all(("amount" in entry) != ("words" in entry) for entries in inventory.values() for entry in entries)


def test_data_holds_25_targets_with_a_number(published: Targets) -> None:
    assert sum(entry["amount"] is not None for entries in published.values() for entry in entries) == 25


def test_group_of_a_target_belongs_to_its_indicator(root: Path) -> None:
    groups = {indicator["id"]: indicator["group"] for indicator in read(root, "data/indicators.yml")}
    for name, plan in real_plans(root).items():
        for target in plan["targets"]:
            assert target["group"] == groups[target["indicator"]], f"{name}: {target['id']}"


def _drop_target(data: Targets) -> None:
    data["cao-bang-so-noi-vu-2025"].pop()


def _repeat_target(data: Targets) -> None:
    data["vinh-linh-2025"].append(data["vinh-linh-2025"][0])


def _drop_plan(data: Targets) -> None:
    del data["dong-thap-van-phong-2025"]


def _add_plan(data: Targets) -> None:
    data["new-plan-2026"] = []


def _set(plan: str, index: int, **values: Any) -> Change:
    def change(data: Targets) -> None:
        data[plan][index].update(values)

    return change


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        pytest.param(_drop_target, 1, id="target lost"),
        pytest.param(_repeat_target, 1, id="target twice"),
        pytest.param(_drop_plan, 1, id="plan lost"),
        pytest.param(_add_plan, 1, id="plan not in the inventory"),
        pytest.param(_set("vinh-linh-2025", 3, amount="61%"), 2, id="another figure"),
        pytest.param(_set("vinh-linh-2025", 3, amount=None, words="60"), 2, id="figure turned into words"),
        pytest.param(_set("hung-nguyen-nam-2025", 1, year="2025"), 2, id="another year"),
        pytest.param(_set("hung-nguyen-nam-2025", 1, group="residents"), 2, id="another group"),
        pytest.param(_set("cao-bang-so-noi-vu-2025", 1, measure="installed"), 2, id="another measure"),
        pytest.param(_set("cao-bang-so-noi-vu-2025", 1, platform=""), 2, id="platform lost"),
        pytest.param(_set("cao-bang-so-noi-vu-2025", 0, platform="VNeID"), 2, id="platform invented"),
        pytest.param(_set("cao-bang-so-noi-vu-2025", 0, effort=True), 2, id="effort invented"),
        pytest.param(_set("cao-bang-so-noi-vu-2025", 0, section="III.2"), 2, id="another section"),
        pytest.param(_set("ha-tinh-nong-thon-moi-2025", 1, words=None), 2, id="words lost"),
    ],
)
def test_a_change_on_the_side_of_the_data_is_seen(
    inventory: Targets, published: Targets, change: Change, lines: int
) -> None:
    changed = copy.deepcopy(published)
    change(changed)
    assert len(list(differences(inventory, changed))) == lines


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        pytest.param(_drop_target, 1, id="target lost"),
        pytest.param(_repeat_target, 1, id="target twice"),
        pytest.param(_drop_plan, 1, id="plan lost"),
        pytest.param(_set("vinh-linh-2025", 3, amount="61%"), 2, id="another figure"),
    ],
)
def test_a_change_on_the_side_of_the_inventory_is_seen(
    inventory: Targets, published: Targets, change: Change, lines: int
) -> None:
    changed = copy.deepcopy(inventory)
    change(changed)
    assert len(list(differences(changed, published))) == lines

"""Builds that are killed at random moments: what is published is exactly the old tree or exactly the new one.

A few kills here, for every change; ``python -m site_tests.kill_builds 200`` for the whole proof.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from site_tests.kill_builds import NEW, OLD, kill_amendments, kill_builds, kill_publications, tree_hash
from site_tests.test_cli import lay_out_small

_CHANCE = random.Random(2026)  # noqa: S311 - moments, no secrets


def test_a_killed_publication_leaves_the_old_tree_or_the_new_one(tmp_path: Path) -> None:
    found = kill_publications(25, tmp_path, can_exchange=True, chance=_CHANCE)
    assert found.mixtures == []
    assert found.states.keys() <= {OLD, NEW}
    assert found.leftovers, "no kill came while anything was under way"


def test_where_folders_cannot_be_exchanged_whoever_comes_next_puts_the_old_tree_back(tmp_path: Path) -> None:
    found = kill_publications(25, tmp_path, can_exchange=False, chance=_CHANCE)
    assert found.mixtures == []
    assert found.states.keys() <= {OLD, NEW, "absent"}


def test_changes_that_are_killed_on_the_way_leave_the_old_tree_or_the_new_one(tmp_path: Path) -> None:
    found = kill_amendments(40, tmp_path, can_exchange=True, chance=_CHANCE)
    assert found.mixtures == []
    assert found.states.keys() <= {OLD, NEW}
    assert found.leftovers, "no kill came while anything was under way"


def test_changes_that_are_killed_between_two_renames_leave_a_tree_that_is_put_back(tmp_path: Path) -> None:
    found = kill_amendments(40, tmp_path, can_exchange=False, chance=_CHANCE)
    assert found.mixtures == []
    assert found.states.keys() <= {OLD, NEW, "absent"}


@pytest.mark.build
def test_a_killed_build_leaves_the_published_site(root: Path, tmp_path: Path) -> None:
    project = lay_out_small(root, tmp_path / "project")
    found = kill_builds(2, tmp_path, project, chance=_CHANCE)
    assert found.mixtures == []
    assert found.states.keys() <= {OLD, NEW}


def test_the_hash_of_a_tree_sees_names_bytes_and_absence(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    hashes = {tree_hash(folder)}
    folder.mkdir()
    hashes.add(tree_hash(folder))
    for name, text in (("x", "1"), ("x", "2"), ("y", "2")):
        (folder / name).write_text(text, encoding="utf-8")
        hashes.add(tree_hash(folder))
    assert len(hashes) == 5

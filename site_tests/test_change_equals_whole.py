"""Holds builds that make only what has changed to the bytes of whole builds, through 200 random edits."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_tests.change_equals_whole import edit_and_compare

EDITS, COMPARED_EVERY = 50, 25


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_changed_site_is_the_site_made_anew(seed: int, tmp_path: Path) -> None:
    found = edit_and_compare(EDITS, tmp_path, seed=seed, every=COMPARED_EVERY)
    assert found.differences == [], found.story[-COMPARED_EVERY:]
    assert found.whole < EDITS // 2, "most edits should make a few parts only"

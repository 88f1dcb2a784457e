"""Holds builds that make only what has changed to the bytes of whole builds, where each list fits on one page."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_tests.change_equals_whole import ON_ONE_PAGE, hold_changes_to_whole

pytestmark = pytest.mark.build


@pytest.mark.parametrize("seed", [3, 4])
def test_a_changed_site_is_the_site_made_anew(seed: int, tmp_path: Path) -> None:
    hold_changes_to_whole(70, tmp_path, ON_ONE_PAGE, seed)

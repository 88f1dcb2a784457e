"""Holds builds that make only what has changed to the bytes of whole builds, where lists go by province."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_tests.change_equals_whole import BY_PROVINCE, hold_changes_to_whole

pytestmark = pytest.mark.build


@pytest.mark.parametrize("seed", [1, 2])
def test_a_changed_site_is_the_site_made_anew(seed: int, tmp_path: Path) -> None:
    hold_changes_to_whole(30, tmp_path, BY_PROVINCE, seed)

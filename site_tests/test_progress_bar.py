"""Holds the bar of long work to speaking on terminals only, and never on standard output."""

from __future__ import annotations

import io

import pytest

from generators.adapters.progress_bar import progress_bar


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def work() -> None:
    with progress_bar("Dựng trang", 4) as step:
        for _ in range(4):
            step(1)


def test_nothing_is_said_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    work()
    assert capsys.readouterr() == ("", "")


def test_a_terminal_sees_how_far_the_work_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    work()
    assert "Dựng trang" in screen.getvalue() and "100%" in screen.getvalue()
    assert capsys.readouterr().out == "", "what is piped stays clean"

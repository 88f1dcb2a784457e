"""Work is shared between processes, each piece done once; whatever goes wrong in one of them is told."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from generators.adapters import hands
from generators.adapters.hands import HandFailed, Meanwhile, Turns, Work, in_shifts, share_out

R = TypeVar("R")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process does everything")


def taken(turns: Turns) -> tuple[int, list[int]]:
    return os.getpid(), list(turns)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_each_piece_is_done_once(number: int) -> None:
    steps: list[int] = []
    results = share_out(100, taken, steps.append, number)
    assert sorted(turn for _, turns in results for turn in turns) == list(range(100))
    assert len({process for process, _ in results}) == number
    assert results[0][0] == os.getpid()
    assert sum(steps) == 100


def test_a_process_with_other_threads_stays_alone() -> None:
    """A library's threads do not come along into a copy, but the locks that they hold do: it would wait for ever."""
    tell = "import threading; from generators.adapters.hands import hands; before = hands(); lock = threading.Lock();"
    wait = "lock.acquire(); threading.Thread(target=lock.acquire, daemon=True).start(); print(before, hands())"
    told = subprocess.run([sys.executable, "-c", f"{tell} {wait}"], capture_output=True, text=True, check=True)
    assert told.stdout.split() == [str(min(len(os.sched_getaffinity(0)), 8)), "1"]


def test_nothing_is_shared_out_where_there_is_nothing() -> None:
    assert [turns for _, turns in share_out(0, taken, lambda _: None, 2)] == [[], []]


def test_what_fails_elsewhere_is_told_with_its_place() -> None:
    here = os.getpid()

    def work(turns: Turns) -> list[int]:
        if os.getpid() != here:
            raise ValueError("gãy giữa chừng")
        return list(turns)

    with pytest.raises(HandFailed, match="ValueError: gãy giữa chừng"):
        share_out(5, work, lambda _: None, 2)


def test_a_process_that_is_killed_is_missed() -> None:
    here = os.getpid()

    def work(turns: Turns) -> list[int]:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return list(turns)

    with pytest.raises(HandFailed, match="ended before"):
        share_out(5, work, lambda _: None, 2)


def shifts(
    folder: Path,
    work: Work[R],
    growth: int = 1 << 40,
    steps: list[int] | None = None,
    count: int = 20,
    number: int = 2,
) -> list[R]:
    told = steps if steps is not None else []
    return list(in_shifts(count, work, told.append, number, growth, folder))


@pytest.mark.parametrize("growth", [0, 1 << 40])
def test_the_first_process_only_waits_for_those_that_work_in_shifts(growth: int, tmp_path: Path) -> None:
    steps: list[int] = []
    results = shifts(tmp_path, taken, growth, steps)
    assert sorted(turn for _, turns in results for turn in turns) == list(range(20))
    processes = [process for process, _ in results]
    assert os.getpid() not in processes and len(set(processes)) == len(processes)
    assert sum(steps) == 20
    assert len(processes) <= 2 if growth else max(len(turns) for _, turns in results) == 1


def test_a_process_makes_way_for_another_because_of_what_it_keeps(tmp_path: Path) -> None:
    def work(turns: Turns) -> int:
        return len([b"much" * (turn + 1_000_000) for turn in turns])

    # One that never made way would take all twenty. How many exactly is not for a test to say: the system counts the
    # pages of a process in lots, and with many processors it is some megabytes behind.
    assert max(shifts(tmp_path, work, growth=20_000_000, number=1)) <= 12


def test_nothing_of_the_results_is_left_on_the_disk(tmp_path: Path) -> None:
    for _ in in_shifts(20, taken, lambda _: None, 2, 0, tmp_path):
        assert not list(tmp_path.iterdir())


def test_no_process_begins_where_there_is_nothing(tmp_path: Path) -> None:
    assert shifts(tmp_path, taken, count=0) == []


def test_what_the_system_refuses_in_a_shift_is_raised_here(tmp_path: Path) -> None:
    def work(turns: Turns) -> list[int]:
        raise PermissionError(errno.EACCES, "Permission denied", "a.html")

    with pytest.raises(PermissionError) as told:
        shifts(tmp_path, work)
    assert told.value.filename == "a.html"


def test_what_fails_in_a_shift_is_told_at_once(tmp_path: Path) -> None:
    def work(turns: Turns) -> list[int]:
        if 0 in (own := list(turns)):
            raise ValueError("gãy giữa chừng")
        time.sleep(60)
        return own

    with pytest.raises(HandFailed, match="ValueError: gãy giữa chừng"):
        shifts(tmp_path, work)


def test_a_process_that_is_killed_in_its_shift_is_missed(tmp_path: Path) -> None:
    def work(turns: Turns) -> list[object]:
        return [b"much" * 1_000_000, Deadly()] if 7 in list(turns) else []

    with pytest.raises(HandFailed, match="ended before"):
        shifts(tmp_path, work)


class Deadly:
    """What ends the process that wants to tell it."""

    def __reduce__(self) -> str:
        os.kill(os.getpid(), signal.SIGKILL)
        return ""


def test_a_process_that_is_killed_while_it_tells_its_result_is_missed() -> None:
    here = os.getpid()

    def work(turns: Turns) -> list[object]:
        return list(turns) if os.getpid() == here else [b"much" * 1_000_000, Deadly()]

    with pytest.raises(HandFailed, match="ended before"):
        share_out(5, work, lambda _: None, 2)


def test_what_fails_here_ends_the_others(tmp_path: Path) -> None:
    here = os.getpid()
    sign = tmp_path / "alive"

    def work(turns: Turns) -> Iterator[int]:
        if os.getpid() == here:
            raise KeyError("hỏng")
        time.sleep(0.5)
        sign.touch()
        return iter(turns)

    with pytest.raises(KeyError):
        share_out(5, work, lambda _: None, 2)
    time.sleep(0.8)
    assert not sign.exists()


def test_others_end_with_the_process_that_is_killed(tmp_path: Path) -> None:
    sign = tmp_path / "alive"
    first = os.fork()
    if not first:
        here = os.getpid()

        def work(turns: Turns) -> list[int]:
            if os.getpid() == here:
                time.sleep(0.2)
                os.kill(here, signal.SIGKILL)
            time.sleep(0.8)
            sign.touch()
            return list(turns)

        share_out(5, work, lambda _: None, 2)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(first, 0)[1]) == -signal.SIGKILL
    time.sleep(1.2)
    assert not sign.exists()


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes may work, also where those who run the tests have threads."""
    monkeypatch.setattr(hands, "hands", lambda: 2)


@pytest.mark.usefixtures("two")
def test_work_is_done_elsewhere_meanwhile() -> None:
    held = ["trước"]
    with Meanwhile(lambda: (os.getpid(), held)).begin() as work:
        held.append("sau")
        process, seen = work.result()
    assert process != os.getpid()
    assert seen == ["trước"]


@pytest.mark.usefixtures("two")
def test_work_waits_until_it_is_told_to_begin(tmp_path: Path) -> None:
    sign = tmp_path / "begun"
    with Meanwhile(sign.touch) as work:
        time.sleep(0.3)
        assert not sign.exists()
        work.begin().begin()
        work.result()
        assert sign.exists()


@pytest.mark.usefixtures("two")
def test_whoever_only_asks_for_the_result_gets_it() -> None:
    with Meanwhile(lambda: "xong") as work:
        assert work.result() == "xong"


def test_alone_the_work_is_done_when_its_result_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "hands", lambda: 1)
    held = ["trước"]
    with Meanwhile(lambda: (os.getpid(), tuple(held))).begin() as work:
        held.append("sau")
        assert work.result() == (os.getpid(), ("trước", "sau"))


@pytest.mark.usefixtures("two")
def test_work_that_fails_elsewhere_is_told() -> None:
    def fail() -> None:
        raise ValueError("gãy giữa chừng")

    with Meanwhile(fail) as work, pytest.raises(HandFailed, match="ValueError: gãy giữa chừng"):
        work.result()


@pytest.mark.usefixtures("two")
def test_work_that_nobody_waits_for_ends(tmp_path: Path) -> None:
    sign = tmp_path / "alive"

    def late() -> None:
        time.sleep(0.5)
        sign.touch()

    with Meanwhile(late).begin(), Meanwhile(sign.touch):
        pass
    time.sleep(0.8)
    assert not sign.exists()

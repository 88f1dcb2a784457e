"""Owns how work is shared between processes: each takes the next piece when it is free, and tells its result once; or
one does a piece by itself while the first goes on with something else.

Only where the system can copy a running process (Linux): what was read before is then there in each of them, without
having to be sent. Elsewhere, and where there is one processor, one process does everything. Knows nothing of the work.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Lock
from typing import Generic, TypeVar

R = TypeVar("R")
Turns = Iterator[int]
Work = Callable[[Turns], R]

_THREADS = "/proc/self/task"  # one entry for each thread, those of libraries too: proc(5)
_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)
_MOST_HANDS = 8  # each further process costs memory, and the disk becomes what all wait for


class HandFailed(RuntimeError):
    """Raised when another process failed; holds its traceback as text."""


def hands() -> int:
    """Gives how many processes may work: one for each processor that this one may use, as far as the system can.

    A process in which other threads run stays alone: a copy has the locks that those hold, but not the threads that
    would ever let them go.
    """
    if sys.platform != "linux" or len(os.listdir(_THREADS)) > 1:  # noqa: PTH208 - names are enough
        return 1
    return min(len(os.sched_getaffinity(0)), _MOST_HANDS)


def share_out(count: int, work: Work[R], told: Callable[[int], object], number: int) -> list[R]:
    """Gives the results of ``number`` processes, this one among them, that share the numbers below ``count``.

    ``work`` gets the numbers that are its own, one by one, and gives one result, which must be fit to be pickled.
    ``told`` is called in this process with how many numbers have been taken since it was last called. Raises whatever
    ``work`` raises here, and :class:`HandFailed` for what it raises elsewhere.
    """
    taken = get_context("fork").Value("L", 0)

    def turns() -> Turns:
        while True:
            with taken:
                turn: int = taken.value
                taken.value += 1
            if turn >= count:
                return
            yield turn

    def watched() -> Turns:
        before = 0
        for turn in turns():
            told(turn + 1 - before)
            before = turn + 1
            yield turn
        told(count - before)

    frozen = gc.get_freeze_count()
    gc.freeze()  # else the collector touches, and thereby copies, everything that was read
    others: list[_Other[R]] = []
    try:
        others.extend(_Other(lambda: work(turns())) for _ in range(number - 1))
        return [work(watched()), *(other.result() for other in others)]
    finally:
        if not frozen:
            gc.unfreeze()
        for other in others:
            other.end()


class Meanwhile(Generic[R]):
    """A piece of work that another process does while this one goes on: with what this one holds now, but not before it
    is told to begin.

    What it gives must be fit to be pickled. Where no other process may work, it is done when its result is asked for.
    On leaving the ``with`` block it is over, whether it was done or not.
    """

    def __init__(self, work: Callable[[], R]) -> None:
        self._work = work
        self._gate: Lock | None = None
        self._other: _Other[R] | None = None
        if hands() > 1:
            self._gate = get_context("fork").Lock()
            self._gate.acquire()
            self._other = _Other(self._when_told)

    def __enter__(self) -> Meanwhile[R]:
        return self

    def __exit__(self, *_: object) -> None:
        if self._other:
            self._other.end()

    def begin(self) -> Meanwhile[R]:
        """Lets it begin, unless it has; gives itself."""
        if self._gate:
            self._gate.release()
            self._gate = None
        return self

    def result(self) -> R:
        """Gives the result when it is there, and once. Raises :class:`HandFailed` for what is raised elsewhere."""
        self.begin()
        return self._other.result() if self._other else self._work()

    def _when_told(self) -> R:
        if self._gate:
            self._gate.acquire()
        return self._work()


class _Other(Generic[R]):
    """Another process, which does one piece of work."""

    def __init__(self, work: Callable[[], R]) -> None:
        context = get_context("fork")
        self._here, there = context.Pipe(duplex=False)
        self._process = context.Process(target=_do, args=(work, there, os.getpid()), daemon=True)
        self._process.start()
        there.close()

    def result(self) -> R:
        """Waits for the result. Raises :class:`HandFailed`."""
        try:
            with open(self._here.fileno(), "rb", closefd=False) as pipe:
                done, result = pickle.load(pipe)  # noqa: S301 - our own process wrote it
        except (EOFError, pickle.UnpicklingError):
            raise HandFailed("a process ended before its work was done") from None
        if not done:
            raise HandFailed(result)
        told: R = result
        return told

    def end(self) -> None:
        """Ends the process, whatever it is at."""
        self._here.close()
        self._process.kill()
        self._process.join()


def _do(work: Callable[[], object], there: Connection, parent: int) -> None:
    _end_with(parent)
    try:
        told: tuple[bool, object] = (True, work())
    except BaseException:  # noqa: BLE001 - whatever it is, the other process tells of it
        told = (False, traceback.format_exc())
    with there, open(there.fileno(), "wb", closefd=False) as pipe:
        pickle.dump(told, pipe, pickle.HIGHEST_PROTOCOL)  # piece by piece: all at once may be as large as the result


def _end_with(parent: int) -> None:
    """Whoever kills the first process kills the others: nobody goes on writing where the next build will work."""
    ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it was killed before this one had said so
        os._exit(1)

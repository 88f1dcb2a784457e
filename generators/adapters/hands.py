"""Owns how work is shared between processes: each takes the next piece when it is free, and tells its result once; or
one does a piece by itself while the first goes on with something else. The first works too, or only waits.

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
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from mmap import PAGESIZE
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.synchronize import Lock
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any, Generic, TypeVar

R = TypeVar("R")
Turns = Iterator[int]
Work = Callable[[Turns], R]

_THREADS = "/proc/self/task"  # one entry for each thread, those of libraries too: proc(5)
_MEMORY = "/proc/self/statm"  # the second number is how many pages are resident: proc(5)
_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)
_TELL_EVERY = 0.1  # seconds
_MOST_HANDS = 8  # each further process costs memory, and the disk becomes what all wait for


class HandFailed(RuntimeError):
    """Raised when another process failed; holds its traceback as text, and as its cause what the system refused."""


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
    turns = _Turns(count)

    def watched() -> Turns:
        before = 0
        for turn in turns:
            told(turn + 1 - before)
            before = turn + 1
            yield turn
        told(count - before)

    others: list[_Other[R]] = []
    with _frozen():
        try:
            others.extend(_Other(lambda: work(iter(turns))) for _ in range(number - 1))
            return [work(watched()), *(other.result() for other in others)]
        finally:
            for other in others:
                other.end()


def in_shifts(
    count: int, work: Work[R], told: Callable[[int], object], number: int, growth: int, folder: Path
) -> Iterator[R]:
    """Gives, one by one, the results of processes that share the numbers below ``count`` while this one only waits.

    ``number`` of them work at a time. One that has grown by ``growth`` bytes takes no further number, and another takes
    its place: so all that the work leaves in memory goes. As a process begins with what this one holds, results are not
    read before the last process is over; until then they lie in files without a name in ``folder``. ``work`` and
    ``told`` are as with :func:`share_out`. Raises :class:`HandFailed`, and ``OSError`` when the machine refuses, there
    or here.
    """
    turns = _Turns(count)
    at_work: list[_Other[R]] = []
    results: list[IO[bytes]] = []
    before = 0
    with ExitStack() as stack, _frozen():
        try:
            while at_work or before < count:
                while len(at_work) < number and turns.taken() < count:
                    at_work.append(_Other(lambda: work(_until_grown(turns, growth))))
                for other in _over(at_work):
                    results.append(stack.enter_context(TemporaryFile(dir=folder)))
                    other.lay_down(results[-1])
                    other.end()
                    at_work.remove(other)
                now = turns.taken()
                told(now - before)
                before = now
        except HandFailed as failed:
            raise (failed.__cause__ or failed) from None
        finally:
            for other in at_work:
                other.end()
        for result in results:
            yield _read(result)
            result.close()


class _Turns:
    """The numbers below ``count``, each for the process that takes it first."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._next = get_context("fork").Value("L", 0)

    def __iter__(self) -> Turns:
        while True:
            with self._next:
                turn: int = self._next.value
                self._next.value += 1
            if turn >= self._count:
                return
            yield turn

    def taken(self) -> int:
        """Gives how many have been taken."""
        begun: int = self._next.value
        return min(begun, self._count)


def _until_grown(turns: Iterable[int], growth: int) -> Turns:
    """Gives numbers, at least one, until this process has grown by so many bytes."""
    before = _memory()
    for turn in turns:
        yield turn
        if _memory() - before >= growth:
            return


def _memory() -> int:
    with open(_MEMORY, "rb", buffering=0) as pages:  # noqa: PTH123 - asked before each number
        return int(pages.read().split()[1]) * PAGESIZE


@contextmanager
def _frozen() -> Iterator[None]:
    """Keeps the collector from all that is there: else it touches, and thereby copies, everything that was read."""
    frozen = gc.get_freeze_count()
    gc.freeze()
    try:
        yield
    finally:
        if not frozen:
            gc.unfreeze()


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
        self.here, there = context.Pipe(duplex=False)
        self._process = context.Process(target=_do, args=(work, there, os.getpid()), daemon=True)
        self._process.start()
        there.close()

    def result(self) -> R:
        """Waits for the result. Raises :class:`HandFailed`."""
        with self._told() as pipe:
            told: R = _read(pipe)
        return told

    def lay_down(self, file: IO[bytes]) -> None:
        """Waits for the result and leaves it in an empty file, for :func:`_read`. Raises as :meth:`result` does."""
        with self._told() as pipe:
            copyfileobj(pipe, file)
        file.seek(0)

    @contextmanager
    def _told(self) -> Iterator[IO[bytes]]:
        """Waits for what is told, and gives the result that is to be read; raises instead what went wrong."""
        with open(self.here.fileno(), "rb", closefd=False) as pipe:
            failed = _read(pipe)
            if failed:
                place, reason = failed
                raise HandFailed(place) from reason
            yield pipe

    def end(self) -> None:
        """Ends the process, whatever it is at."""
        self.here.close()
        self._process.kill()
        self._process.join()


def _do(work: Callable[[], object], there: Connection, parent: int) -> None:
    _end_with(parent)
    failed: tuple[str, OSError | None] | None = None
    result: object = None
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - whatever it is, the other process tells of it
        failed = traceback.format_exc(), error if isinstance(error, OSError) and error.errno else None
    with there, open(there.fileno(), "wb", closefd=False) as pipe:
        for told in (failed, result):
            pickle.dump(told, pipe, pickle.HIGHEST_PROTOCOL)  # piece by piece: at once may be as large as the result


def _read(told: IO[bytes]) -> Any:
    """Gives the next value that another process has told. Raises :class:`HandFailed` when it did not end with that."""
    try:
        return pickle.load(told)  # noqa: S301 - our own process wrote it
    except (EOFError, pickle.UnpicklingError):
        raise HandFailed("a process ended before its work was done") from None


def _over(others: Iterable[_Other[R]]) -> list[_Other[R]]:
    """Gives those that have done their work; waits a moment for the first."""
    over = wait([other.here for other in others], _TELL_EVERY)
    return [other for other in others if other.here in over]


def _end_with(parent: int) -> None:
    """Whoever kills the first process kills the others: nobody goes on writing where the next build will work."""
    ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it was killed before this one had said so
        os._exit(1)

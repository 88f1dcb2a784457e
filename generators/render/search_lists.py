"""Owns which part of a word's list is published, and which is kept so that the list can be amended.

A list names pages by rank: best weight first, then by number (search_shards.py). It is published whole where at most
:data:`COMPLETE` pages have the word. Of a more frequent one, which says little, the :data:`LONGEST` best are, after an
asterisk, about how many there are, and a space: a page missing from it may still have the word. Of a pair all pages
with the pair in their title then are, if they are fewer than :data:`IN_TITLES`: who asks for the plan of one commune is
to find it among the plans of all.

Of a frequent word more is kept than published (:class:`Frequent`), for the pages that come after one that goes. Who
takes away more than that must make the list anew: :class:`Exhausted`. Knows neither files nor what a page is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generators.render.search_entry import OF_TITLE
from generators.render.search_shards import NUMBER_BITS, WEIGHTS, changed_text, first_of, last_of, list_text

LONGEST = 256
COMPLETE = 2048
IN_TITLES = 4096
SPARE = 512  # not less than LONGEST
EVERY_RANK = 1 << 32
LAST_IN_TITLE = (WEIGHTS - OF_TITLE << NUMBER_BITS + 1) - 1  # rank
_LETTERS = 8  # twice as many as a page takes in a list, at most
_COUNT_BITS = 5  # the script needs no more, and a page more or less then mostly changes nothing


class Exhausted(Exception):
    """Raised when a kept list no longer tells what is to be published."""


def rank(weight: int, number: int) -> int:
    """Gives what pages are sorted by in a list."""
    return WEIGHTS - 1 - weight << NUMBER_BITS + 1 | number


def kept_length(count: int, titles: int) -> int:
    """Gives how many pages of a list are worth keeping: all, or of a very frequent word the best."""
    return count if count <= IN_TITLES else max(SPARE, titles if titles < 2 * IN_TITLES else 0)


@dataclass(slots=True)
class Frequent:
    """The kept list of a word or pair that more than :data:`COMPLETE` pages have.

    ``count`` is how many have it; of a pair, ``titles`` is how many of them have it in their title; ``bound`` is the
    rank down to which ``text``, a list as search_shards.py writes it, names every page.
    """

    count: int
    titles: int
    bound: int
    text: str

    @classmethod
    def of(cls, ranked: Sequence[int], count: int, titles: int) -> Frequent:
        """Gives what to keep of a list of which ``ranked`` has at least so much."""
        kept = ranked[: kept_length(count, titles)]
        return cls(count, titles, EVERY_RANK if len(kept) == count else kept[-1], list_text(kept))

    def amend(self, gone: Sequence[int], come: Sequence[int], pair: bool) -> bool:
        """Takes pages away and others in, by rank; tells whether what is published may be another.

        Raises :class:`NotListed` for a page to be taken away that is not there.
        """
        before = self._head()
        self.count += len(come) - len(gone)
        if pair:
            self.titles += sum(one <= LAST_IN_TITLE for one in come) - sum(one <= LAST_IN_TITLE for one in gone)
        gone, come = ([one for one in some if one <= self.bound] for some in (gone, come))
        if not gone and not come:
            return self._head() != before
        self.text = changed_text(self.text, gone, come)
        enough = kept_length(self.count, self.titles)
        if len(self.text) > _LETTERS * enough:
            self.text, _ = first_of(self.text, enough)
            self.bound = last_of(self.text)
        return True

    def _head(self) -> tuple[int, int]:
        return self._published(), _about(self.count)

    def _published(self) -> int:
        if self.count <= COMPLETE:
            return self.count
        return self.titles if LONGEST < self.titles < IN_TITLES else LONGEST

    def published(self) -> str:
        """Gives the list as it is published. Raises :class:`Exhausted` when not all of that was kept."""
        length = self._published()
        text, found = first_of(self.text, length)
        if found < length:
            raise Exhausted
        return text if length == self.count else f"*{_about(self.count)} {text}"


def _about(count: int) -> int:
    """Gives a round number, not below ``count``."""
    step = 1 << max(0, count.bit_length() - _COUNT_BITS)
    return -(-count // step) * step

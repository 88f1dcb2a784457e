"""Owns how the phrases of the interface are read, and what is said when one that a page needs is not there."""

from __future__ import annotations

from string import Formatter

from generators.dataset.loading import Loader
from generators.problems import ContentError, Problems, near_name
from generators.schema.scalars import Words
from generators.text import Phrases

_FILE = "data/words.yml"


class PhraseFile(Phrases):
    """The phrases as the file has them. Which ones pages need shows only while pages are made."""

    def lacking(self, key: str) -> Exception:
        """Gives the :class:`ContentError` that names the phrase and the nearest that there is."""
        problems = Problems()
        problems.add(_FILE, (1, 1), "phrase-missing", near=near_name(key, self.entries), found=key)
        return ContentError(problems)


def load_phrases(loader: Loader) -> Phrases:
    """Reads the file: each key with both languages, as the interface never falls back."""
    source = loader.source(_FILE)
    entries: dict[str, dict[str, str]] = {}
    if source is None:
        return PhraseFile(entries)
    if not isinstance(source.value, dict):
        loader.problems.add(source.path, (source.first_line, 1), "not-mapping")
        return PhraseFile(entries)
    for key, value in source.value.items():
        words = loader.validate(source, value, Words, (key,))
        if words is None:
            continue
        if words.en is None:
            loader.problems.add(source.path, source.position([key]), "field-missing", field="en")
            continue
        places = _places(words.vi), _places(words.en)
        if places[0] is None or places[0] != places[1]:
            found, other = (", ".join(sorted(names or ())) or "–" for names in places)
            loader.problems.add(source.path, source.position([key]), "phrase-places", found=found, other=other)
        entries[key] = {"vi": words.vi, "en": words.en}
    return PhraseFile(entries)


def _places(text: str) -> frozenset[str] | None:
    """Gives the names in braces that the program fills in, or ``None`` when the braces do not fit together.

    A place is a plain name: ``{name.other}`` would look into the program, ``{name:9999999}`` would fill the memory.
    """
    try:
        places = [place[1:] for place in Formatter().parse(text) if place[1] is not None]
    except ValueError:
        return None
    plain = all(name and name.isidentifier() and not form and not turned for name, form, turned in places)
    return frozenset(str(name) for name, _, _ in places) if plain else None

"""Owns the reading of ``data/glossary.yml`` and its one rule: no spelling belongs to two terms."""

from __future__ import annotations

from collections.abc import Mapping

from generators.dataset.loading import Loader
from generators.problems import Language
from generators.schema.glossary import Term

_FILE = "data/glossary.yml"
_LANGUAGES: tuple[Language, ...] = ("vi", "en")


def load_glossary(loader: Loader) -> Mapping[str, Term]:
    """Gives the terms by id, in the file's order, and adds ``term-twice`` for a spelling that two terms claim."""
    terms = loader.listed(_FILE, Term)
    for lang in _LANGUAGES:
        owners: dict[str, str] = {}
        for term in terms.values():
            for form in term.forms(lang):
                owner = owners.setdefault(form.casefold(), term.id)
                if owner != term.id:
                    source = loader.sources[_FILE]
                    position = source.position([source.index_of(term.id), "id"])
                    loader.problems.add(_FILE, position, "term-twice", found=form, other=owner)
    return terms

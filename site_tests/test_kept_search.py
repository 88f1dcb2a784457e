"""What the search index is amended from outlives builds that were never published, and crashes at any moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from generators.adapters.kept_search import KeptSearch
from generators.problems import Language

VI: Language = "vi"


def test_a_build_that_is_never_published_leaves_what_was_kept(tmp_path: Path) -> None:
    kept = KeptSearch(tmp_path / "search")
    kept.keep(VI, b"index 1", b"one")
    kept.keep(VI, b"index 2", b"two")
    kept.keep("en", b"index 1", b"english")
    assert [kept.of(VI, b"index 1"), kept.of(VI, b"index 2"), kept.of(VI, b"index 3")] == [b"one", b"two", b""]
    kept.forget_others([(VI, b"index 2"), ("en", b"index 1")])
    assert [kept.of(VI, b"index 1"), kept.of(VI, b"index 2"), kept.of("en", b"index 1")] == [b"", b"two", b"english"]
    assert len(list((tmp_path / "search").iterdir())) == 2


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_whoever_dies_while_keeping_leaves_the_old(tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = KeptSearch(tmp_path)
    kept.keep(VI, b"index", b"old")

    class Killed(BaseException):
        pass

    def die(path: Path, *_: object) -> None:
        if step == "write_bytes":
            with path.open("wb") as file:
                file.write(b"ha")
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, die)
        with pytest.raises(Killed):
            kept.keep(VI, b"index", b"new")
    assert kept.of(VI, b"index") == b"old"
    kept.forget_others([(VI, b"index")])
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old"]


def test_a_disk_that_takes_nothing_is_as_if_nothing_had_been_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    kept = KeptSearch(tmp_path / "file" / "search")
    kept.keep(VI, b"index", b"one")
    assert kept.of(VI, b"index") == b""
    kept.forget_others([])

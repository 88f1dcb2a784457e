"""Owns which files of the project the desk may show, save and remove, and that nothing is saved that breaks the site.

Speaks of files by their path in the project. Knows nothing of HTTP.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from generators.adapters.writing import write_whole
from generators.editor_forms import FOLDERS, SINGLE, Folder
from generators.json_schema import KINDS
from generators.pipeline import load_site
from generators.problems import ContentError, Problem
from generators.scaffold.editing import Place, Unreadable, file_text, form_text

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*")
_PICTURE = re.compile(r".*\.(png|jpe?g)", re.IGNORECASE)


class Refused(Exception):
    """Raised when a file is not saved: with the sentence that the person at the desk reads."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a person has chosen for an item: its ``path`` in the project and its bytes."""

    path: str
    content: bytes


class Store:
    """The files of the project folder ``root`` as the desk knows them; ``day`` is what counts as today."""

    def __init__(self, root: Path, day: date) -> None:
        self._root = root
        self._day = day

    def folder(self, path: str, suffix: str) -> Iterator[tuple[str, str]]:
        """Gives path and form text of each file of a folder's form. What the form cannot hold is left to ``check``."""
        folder = next((one for one in FOLDERS if one.path == path and one.suffix == suffix), None)
        if folder is None:
            return
        for file in sorted((self._root / path).rglob(f"*{suffix}")):
            name = file.relative_to(self._root).as_posix()
            if self._folder_of(name) == folder and not file.is_symlink():
                yield from self._shown(name)

    def files(self, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Gives path and form text of each of the files that are there."""
        for path in paths:
            yield from self._shown(path)

    def has(self, path: str) -> bool:
        """True when the file is there. Raises :class:`Refused` for a path with no form."""
        self._place(path)
        return self._file(path).is_file()

    def entry(self, path: str) -> str:
        """Gives the form text of one file. Raises :class:`Refused`."""
        place = self._place(path)
        try:
            return form_text(place, self._file(path).read_text(encoding="utf-8"))
        except (Unreadable, OSError, UnicodeDecodeError):
            raise Refused(f"Không đọc được tệp {path}. Hãy chạy campaign check để biết chỗ sai.") from None

    def save(self, path: str, answer: str, pictures: Sequence[Picture] = ()) -> None:
        """Saves what a form gives. Raises :class:`Refused`, all files as they were, when it would break the site."""
        place = self._place(path)
        file = self._file(path)
        old = file.read_text(encoding="utf-8") if file.is_file() else None
        try:
            text = file_text(place, answer, old)
        except Unreadable as error:
            raise Refused(f"Không lưu được: {error}") from None
        contents: dict[Path, bytes | None] = {file: text.encode("utf-8")}
        for picture in pictures:
            contents[self._picture(picture.path)] = picture.content
        self._put(contents)

    def save_picture(self, path: str, content: bytes) -> None:
        """Puts a picture beside an item. Raises :class:`Refused`."""
        self._put({self._picture(path): content})

    def remove(self, paths: Sequence[str]) -> None:
        """Removes files. Raises :class:`Refused`, with all files as they were, when something still needs them."""
        self._put({self._removable(path): None for path in paths})

    def pictures(self, folder: str) -> Iterator[str]:
        """Gives the paths of the pictures in a folder."""
        for file in sorted((self._root / folder).rglob("*")) if _SAFE.fullmatch(folder) else ():
            path = file.relative_to(self._root).as_posix()
            if _PICTURE.fullmatch(path) and file.is_file() and not file.is_symlink():
                yield path

    def picture(self, path: str) -> bytes:
        """Gives the bytes of a picture. Raises :class:`Refused`."""
        return self._picture(path).read_bytes()

    def _shown(self, path: str) -> Iterator[tuple[str, str]]:
        try:
            yield path, self.entry(path)
        except Refused:
            return

    def _put(self, contents: dict[Path, bytes | None]) -> None:
        """Writes or removes files, and puts all back when the site has errors that it had not before."""
        before = {file: file.read_bytes() if file.is_file() else None for file in contents}
        found: list[Problem] | None = None
        try:
            self._lay(contents)
            found = self._errors()
        finally:
            if found is None or found:
                self._lay(before)
        if not found:
            return
        known = {_sentence(problem) for problem in self._errors()}
        new = [problem for problem in found if _sentence(problem) not in known]
        if not new:
            self._lay(contents)
        else:
            raise Refused(f"Chưa lưu. {' '.join(_told(problem, contents, self._root) for problem in new)}")

    def _lay(self, contents: dict[Path, bytes | None]) -> None:
        for file, content in contents.items():
            if content is None:
                file.unlink(missing_ok=True)
            else:
                write_whole(file, content)

    def _errors(self) -> list[Problem]:
        try:
            load_site(self._root, self._day, "")
        except ContentError as error:
            return error.problems.errors
        return []

    def _place(self, path: str) -> Place:
        single = next((name for name in SINGLE if KINDS[name].where == path), None)
        if single:
            return Place(single, path, single)
        folder = self._folder_of(path)
        if folder is None:
            raise Refused(f"Bàn soạn thảo không giữ tệp {path}.")
        return Place(folder.kind, path, PurePosixPath(path).name.removesuffix(folder.suffix))

    def _folder_of(self, path: str) -> Folder | None:
        """The form of a file: that of the deepest folder, and of the longest ending."""
        fitting = [one for one in FOLDERS if path.startswith(f"{one.path}/") and path.endswith(one.suffix)]
        return max(fitting, key=lambda one: (len(one.path), len(one.suffix)), default=None)

    def _picture(self, path: str) -> Path:
        if not _PICTURE.fullmatch(path) or self._folder_of(f"{path}.md") is None:
            raise Refused(f"Chỉ nhận ảnh .png và .jpg đặt cạnh bài: {path}")
        return self._file(path)

    def _removable(self, path: str) -> Path:
        """A picture, or a file with a form that people may also add; what is there once cannot go."""
        if _PICTURE.fullmatch(path):
            return self._picture(path)
        if self._folder_of(path) is None:
            raise Refused(f"Không xóa được tệp {path} ở bàn soạn thảo.")
        return self._file(path)

    def _file(self, path: str) -> Path:
        """The file's place on the disk. Raises :class:`Refused` for a path that leads out of the project."""
        file = self._root / path
        if not _SAFE.fullmatch(path) or not file.resolve().is_relative_to(self._root.resolve()) or file.is_symlink():
            raise Refused(f"Đường dẫn không hợp lệ: {path}")
        return file


def _told(problem: Problem, written: Collection[Path], root: Path) -> str:
    """The complaint as it is told to who looks at the form, with the file where it is another one."""
    return problem.message() if root / problem.path in written else f"{problem.path}: {problem.message()}"


def _sentence(problem: Problem) -> tuple[str, str, str]:
    """A complaint without its line, which moves when a file is edited above it."""
    return problem.path, problem.code, problem.message("vi")

"""Random edits of a project, such as editors make: they change, add, remove and rename files, and may be at fault."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

NOTHING = "nothing"  # what an edit says that found nothing to change
_NUMBER = re.compile(r"(?<=reached: )\d+")


class Edits:
    """Edits the project at ``root`` as ``random`` wants it; each edit says in a few words what it did."""

    def __init__(self, root: Path, random: Random) -> None:
        self._root = root
        self._random = random
        self._count = 0
        self._kinds: tuple[tuple[int, Callable[[], str]], ...] = (
            (12, self.change_figure),
            (4, self.remove_report),
            (4, self.copy_report),
            (2, self.change_document),
            (6, self.change_task),
            (3, self.change_level),
            (2, self.remove_commitment),
            (6, self.change_news),
            (6, self.add_news),
            (4, self.remove_news),
            (4, self.move_news),
            (5, self.change_story),
            (5, self.change_activity),
            (3, self.add_activity),
            (3, self.remove_activity),
            (3, self.change_page),
            (1, self.change_unit),
            (1, self.change_words),
            (1, self.change_template),
            (1, self.change_settings),
        )

    def any(self) -> str:
        """Does one edit of some kind."""
        weights, kinds = zip(*self._kinds, strict=True)
        return self._random.choices(kinds, weights)[0]()

    def change_figure(self) -> str:
        """Another figure in a report."""
        path = self._one("data/progress/*/*.yml")
        text = path.read_text(encoding="utf-8")
        places = list(_NUMBER.finditer(text))
        if not places:
            return NOTHING
        place = self._random.choice(places)
        number = max(0, int(place.group()) - self._random.randint(1, 3))
        path.write_text(f"{text[: place.start()]}{number}{text[place.end() :]}", encoding="utf-8")
        return f"figure in {self._named(path)}"

    def remove_report(self) -> str:
        """One report less."""
        path = self._one("data/progress/*/*.yml")
        path.unlink()
        return f"no {self._named(path)}"

    def copy_report(self) -> str:
        """A report about a period that had none, with the figures of another."""
        path = self._one("data/progress/*/*.yml")
        periods = [one for one in (self._root / "data/progress").iterdir() if not (one / path.name).exists()]
        if not periods:
            return NOTHING
        copy = self._random.choice(sorted(periods)) / path.name
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"(?m)^reported_on: .*", "reported_on: 20/11/2026", text)
        copy.write_text(re.sub(r"(?m)^period: .*", f"period: {copy.parent.name}", text), encoding="utf-8")
        return f"{self._named(copy)} from {path.parent.name}"

    def change_document(self) -> str:
        """Another name of the document that a report's figures stand in."""
        return self._change_words("data/progress/*/*.yml", r'(?<=document: ")[^"]+')

    def change_task(self) -> str:
        """Other words in a plan."""
        return self._change_words("data/plans/*.yml", r'(?<=vi: ")[^"]+')

    def change_level(self) -> str:
        """Another level that a plan wants to reach."""
        path = self._one("data/plans/*.yml")
        fresh = f'at_least: "{self._random.randint(50, 99)}%"'
        path.write_text(re.sub(r'at_least: "\d+%"', fresh, path.read_text(encoding="utf-8"), count=1), encoding="utf-8")
        return f"{fresh} in {self._named(path)}"

    def remove_commitment(self) -> str:
        """A plan commits to one outreach model less."""
        path = self._one("data/plans/*.yml")
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?m)^  - model: .*\n(?:    .*\n)*", "", text, count=1), encoding="utf-8")
        return f"a model less in {self._named(path)}"

    def change_news(self) -> str:
        """Another title or summary of a news item."""
        return self._change_words("content/tin-tuc/**/*.md", r'(?<=title: ")[^"]+|(?<=summary: ")[^"]+')

    def change_story(self) -> str:
        """Another last line of a news item or of a plan's text."""
        path = self._one(self._random.choice(["content/tin-tuc/**/*.md", "content/ke-hoach/*.md"]))
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\nThêm một câu {self._word()}.\n")
        return f"one line more in {self._named(path)}"

    def add_news(self) -> str:
        """One more news item, on the day of another."""
        path = self._one("content/tin-tuc/**/*.md")
        word = self._word()
        copy = path.with_name(f"them-{word}.md")
        text = re.sub(r"(?m)^id: .*", f"id: them-{word}", path.read_text(encoding="utf-8"))
        text = re.sub(r"(?m)^(old_addresses|image|alt):.*\n", "", text)
        copy.write_text(text, encoding="utf-8")
        return f"{self._named(copy)} like {path.name}"

    def remove_news(self) -> str:
        """One news item less, with its English."""
        path = self._one("content/tin-tuc/**/*.md")
        path.unlink()
        path.with_suffix(".en.md").unlink(missing_ok=True)
        return f"no {self._named(path)}"

    def move_news(self) -> str:
        """Another name of a news item, and so another address."""
        path = self._one("content/tin-tuc/**/*.md")
        fresh = path.with_name(f"moi-{self._word()}.md")
        path.rename(fresh)
        twin = path.with_suffix(".en.md")
        if twin.exists():
            twin.rename(fresh.with_suffix(".en.md"))
        return f"{self._named(path)} is {fresh.name}"

    def change_activity(self) -> str:
        """Other words of an activity."""
        return self._change_words("data/activities/*.yml", r'(?<=vi: ")[^"]+')

    def add_activity(self) -> str:
        """One more activity like another."""
        path = self._one("data/activities/*.yml")
        copy = path.with_name(f"them-{self._word()}.yml")
        shutil.copy(path, copy)
        return f"{self._named(copy)} like {path.name}"

    def remove_activity(self) -> str:
        """One activity less."""
        path = self._one("data/activities/*.yml")
        path.unlink()
        return f"no {self._named(path)}"

    def change_unit(self) -> str:
        """Another name of a unit."""
        return self._change_words("data/units/*.yml", r'(?<=vi: ")[^"]+')

    def change_words(self) -> str:
        """Another phrase of the pages."""
        return self._change_words("data/words.yml", r'(?m)(?<=vi: )[A-ZĐ][^{}"\n]+$')

    def change_page(self) -> str:
        """One line more in a hand-written page."""
        path = self._one("content/*.md")
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\nThêm một câu {self._word()}.\n")
        return f"one line more in {self._named(path)}"

    def change_template(self) -> str:
        """Another line in the theme's footer."""
        path = self._one("theme_overrides/*.html")
        with path.open("a", encoding="utf-8") as file:
            file.write(f"<!-- {self._word()} -->\n")
        return f"one line more in {self._named(path)}"

    def change_settings(self) -> str:
        """Another threshold of the calculation."""
        path = self._root / "data/campaign.yml"
        text = path.read_text(encoding="utf-8")
        fresh = f'on_track: "0,{self._random.randint(81, 99)}"'
        path.write_text(re.sub(r'on_track: "[^"]*"', fresh, text, count=1), encoding="utf-8")
        return f"{fresh} in {self._named(path)}"

    def _change_words(self, pattern: str, words: str) -> str:
        path = self._one(pattern)
        text = path.read_text(encoding="utf-8")
        places = list(re.finditer(words, text))
        if not places:
            return NOTHING
        place = self._random.choice(places)
        fresh = f"{text[: place.end()]} {self._word()}{text[place.end() :]}"
        path.write_text(fresh, encoding="utf-8")
        return f"words in {self._named(path)}"

    def _one(self, pattern: str) -> Path:
        found = (path for path in self._root.glob(pattern) if not path.name.endswith(".en.md"))
        return self._random.choice(sorted(found))

    def _named(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def _word(self) -> str:
        self._count += 1
        return f"{self._count}{self._random.choice('abcdeghik')}"

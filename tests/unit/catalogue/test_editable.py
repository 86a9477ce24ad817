"""Edited resources: what IT staff put in the station's folder is used, and a mistake in it costs nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from station.catalogue.editable import EditableResources
from station.errors import ResourceError, StoreError
from station.fallback_words import fallen_back
from station.language import Language
from station.store import durable
from station.strict_toml import Table

NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)


def numbers(folder: Path) -> dict[str, int]:
    """A loader as the real ones are: one number a file."""
    found = {}
    for file in sorted(folder.glob("*.toml")):
        table = Table.load(file)
        found[file.stem] = table.count("number")
        table.end()
    return found


class Place:
    """The three folders of a station."""

    def __init__(self, root: Path) -> None:
        self.shipped, self.edited, self.kept = root / "shipped", root / "edited", root / "kept"
        for folder in (self.shipped / "numbers", self.edited / "numbers", self.kept):
            folder.mkdir(parents=True)
        self.ship("one", "number = 1\n")
        self.ship("two", "number = 2\n")

    def ship(self, name: str, text: str) -> None:
        (self.shipped / "numbers" / f"{name}.toml").write_text(text, encoding="utf-8")

    def edit(self, name: str, text: str) -> None:
        (self.edited / "numbers" / f"{name}.toml").write_text(text, encoding="utf-8")

    def start(self, write: Callable[[Path, bytes], None] = durable.write) -> tuple[dict[str, int], EditableResources]:
        """What a start of the program loads."""
        resources = EditableResources(self.shipped, self.edited, self.kept, write, lambda: NOON)
        return resources.load("numbers", numbers), resources

    @property
    def snapshot(self) -> Path:
        return self.kept / "numbers.json"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_without_edits_the_shipped_files_are_used_and_kept(place: Place) -> None:
    found, resources = place.start()
    assert found == {"one": 1, "two": 2}
    assert resources.fallbacks == []
    assert set(json.loads(place.snapshot.read_text())["files"]) == {"one.toml", "two.toml"}


def test_an_edited_file_stands_in_the_place_of_the_shipped_one_and_new_ones_are_added(place: Place) -> None:
    place.edit("two", "number = 22\n")
    place.edit("three", "number = 3\n")
    assert place.start()[0] == {"one": 1, "two": 22, "three": 3}


def test_a_mistake_leaves_the_last_good_version_in_use_and_is_told(place: Place) -> None:
    place.edit("two", "number = 22\n")
    place.start()
    place.edit("two", "\nnumber = 'many'\n")
    found, resources = place.start()
    assert found == {"one": 1, "two": 22}
    (fallback,) = resources.fallbacks
    assert fallback.error.parameters["file"] == "two.toml"
    assert fallback.error.parameters["line"] == 2
    assert fallback.kept_at == NOON


def test_the_mistake_does_not_replace_what_was_kept(place: Place) -> None:
    place.edit("two", "number = 22\n")
    place.start()
    place.edit("two", "number =\n")
    before = place.snapshot.read_bytes()
    for _ in range(2):
        assert place.start()[0]["two"] == 22
    assert place.snapshot.read_bytes() == before


def test_mended_it_is_used_again(place: Place) -> None:
    place.start()
    place.edit("two", "number = many\n")
    place.start()
    place.edit("two", "number = 33\n")
    found, resources = place.start()
    assert found["two"] == 33
    assert resources.fallbacks == []


def test_a_first_start_with_a_mistake_uses_what_was_shipped(place: Place) -> None:
    place.edit("two", "number = many\n")
    found, resources = place.start()
    assert found == {"one": 1, "two": 2}
    assert [fallback.kept_at for fallback in resources.fallbacks] == [None]
    assert not place.snapshot.exists()


def test_a_file_that_is_no_text_is_a_mistake_like_any_other(place: Place) -> None:
    (place.edited / "numbers" / "two.toml").write_bytes(b"number = \xff\n")
    found, resources = place.start()
    assert found == {"one": 1, "two": 2}
    assert resources.fallbacks[0].error.parameters["file"] == "two.toml"


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("number = 22", "number = 99"),
        lambda text: text[: len(text) // 2],
        lambda text: text.replace('"files"', '"filed"'),
        lambda text: "[]",
        lambda text: "",
    ],
)
def test_a_damaged_copy_is_never_used(place: Place, damage: Callable[[str], str]) -> None:
    place.edit("two", "number = 22\n")
    place.start()
    place.snapshot.write_text(damage(place.snapshot.read_text()))
    place.edit("two", "number = many\n")
    found, resources = place.start()
    assert found == {"one": 1, "two": 2}
    assert resources.fallbacks[0].kept_at is None


def test_a_damaged_copy_is_written_anew_at_the_next_good_start(place: Place) -> None:
    place.start()
    good = place.snapshot.read_bytes()
    place.snapshot.write_bytes(good[:-5])
    place.start()
    assert place.snapshot.read_bytes() == good


def test_where_nothing_can_be_used_the_mistake_itself_is_raised(place: Place) -> None:
    place.ship("one", "number = many\n")
    place.edit("two", "number = 'two'\n")
    with pytest.raises(ResourceError) as caught:
        place.start()
    assert caught.value.parameters["file"] == "one.toml"


def test_an_unchanged_folder_is_not_written_again(place: Place) -> None:
    place.start()
    written: list[Path] = []
    place.start(lambda file, _content: written.append(file))
    assert written == []


def test_a_full_disk_does_not_keep_the_counter_closed(place: Place) -> None:
    def full(_file: Path, _content: bytes) -> None:
        raise StoreError("store.disk_full")

    assert place.start(full)[0] == {"one": 1, "two": 2}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_officer_is_told_file_line_remedy_and_what_is_used(place: Place, language: str) -> None:
    words = Language.load(language)
    place.start()
    place.edit("two", "\n\nnumber = 'many'\n")
    text = words.error(fallen_back(place.start()[1].fallbacks, words))
    assert "two.toml" in text.sentence
    assert "3" in text.sentence
    assert "12:00 21/11/2026" in text.sentence
    assert "0, 1, 2" in text.remedy

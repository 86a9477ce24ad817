"""Where things lie: the resources that ship with the program and the folders of this machine."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs


def resources() -> Path:
    """The folder of data that ships with the program, in a checkout and in an installed bundle alike."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return root / "resources"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """One station's folder; practice mode (chế độ thực hành) has its own, apart from the real one."""

    root: Path

    @classmethod
    def of_this_user(cls) -> DataFolder:
        return cls(Path(platformdirs.user_data_dir("digital-station", appauthor=False)))

    @classmethod
    def for_practice(cls) -> DataFolder:
        return cls(Path(platformdirs.user_data_dir("digital-station-practice", appauthor=False)))

    @property
    def database(self) -> Path:
        return self.root / "station.db"

    @property
    def pages(self) -> Path:
        return self.root / "pages"

    @property
    def keys(self) -> Path:
        return self.root / "keys.json"

    @property
    def receipt_keys(self) -> Path:
        """The public keys by which this station's receipts are known."""
        return self.root / "receipt_keys.txt"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def appearance(self) -> Path:
        return self.root / "appearance.json"

    @property
    def resources(self) -> Path:
        """Files that IT staff put here stand in the place of those that ship with the program."""
        return self.root / "resources"

    @property
    def sent(self) -> Path:
        """What the province has sent: the pack of procedures in use, and the one before it."""
        return self.root / "sent"

    @property
    def last_good(self) -> Path:
        """What the resources were when they last loaded without a mistake."""
        return self.root / "last_good"

    @property
    def settings(self) -> Path:
        return self.root / "settings.toml"

    @property
    def line_choice(self) -> Path:
        """What an officer chose about the line to the hub in the place of the settings."""
        return self.root / "line_choice.json"

    @property
    def backup_record(self) -> Path:
        """What the station remembers of its last backup."""
        return self.root / "backup_record.json"

    @property
    def backup_request(self) -> Path:
        """By which another program asks the running station for a backup."""
        return self.root / "backup_request.json"

    @property
    def backup_answer(self) -> Path:
        """What the running station says to that."""
        return self.root / "backup_answer.json"

"""What the page about the province can show, each with its key and how many wait there."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from station.language import Language
from station.ui.widgets.view_buttons import ViewButtons


class View(StrEnum):
    """One part of the page."""

    QUEUE = "queue"  # hàng gửi
    QUESTIONS = "questions"  # câu hỏi
    RETURNED = "returned"  # tỉnh trả lại


class ViewBar(ViewButtons[View]):
    """One view is always marked; Ctrl and a digit asks for another."""

    def __init__(self, language: Language) -> None:
        super().__init__(
            language, language("province.views"), list(View), lambda view: language(f"province.view.{view.value}")
        )
        self.show_counts({})

    def show_counts(self, counts: Mapping[View, int]) -> None:
        """How many wait in each view."""
        for view in View:
            self.show_count(view, counts.get(view, 0))

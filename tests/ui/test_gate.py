"""What spoils a page is said at once, with what to do about it, and nothing goes by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.dossier.dossier import Dossier
from station.dossier.judgement import Judgement
from station.dossier.outline import Outline
from station.dossier.page import Page
from station.dossier.reading import PageReading, QualityIssue
from station.errors import InputError, ReadingError
from station.language import Language
from station.ui.counter import page_deeds
from station.ui.counter.page_grid import Role
from station.ui.counter.page_remarks import Matter
from station.ui.counter.scan import ScanStep
from station.ui.counter.window import CounterWindow
from tests.ui.conftest import Counter
from tests.ui.fakes import picture, reading

Key, Modifier = Qt.Key, Qt.KeyboardModifier
LEFT: Outline = ((10.0, 10.0), (300.0, 12.0), (298.0, 860.0), (12.0, 858.0))
RIGHT: Outline = ((320.0, 10.0), (610.0, 12.0), (608.0, 860.0), (322.0, 858.0))
BLURRED = Judgement((QualityIssue("page.blurred", 2.0),), "b1")
BLANK = Judgement((QualityIssue("page.blank", 1.0),), "b2")


class Feeder:
    """The scanning step, a tray that the test fills, and a gate that says what the test wants."""

    def __init__(self, window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
        self.window, self.counter, self.qtbot = window, counter, qtbot
        step = window.steps["scan"]
        assert isinstance(step, ScanStep)
        self.step = step

    @property
    def dossier(self) -> Dossier:
        assert self.counter.session.dossier is not None
        return self.counter.session.dossier

    @property
    def pages(self) -> tuple[Page, ...]:
        return self.dossier.pages

    def feed(self, *verdicts: tuple[str, Judgement | InputError | None]) -> None:
        """Pages with these texts, each with the gate's word on it; waits until all are read."""
        for text, verdict in verdicts:
            content = picture(text)
            self.counter.sources.tray.append(content)
            if verdict is not None:
                self.counter.gate.script[content] = verdict
        parts = sum(max(0, len(verdict.papers) - 1) for _, verdict in verdicts if isinstance(verdict, Judgement))
        wanted = len(self.pages) + len(verdicts) + parts
        self.step.scan.click()
        self.settled(wanted)

    def settled(self, pages: int) -> None:
        self.qtbot.waitUntil(lambda: len(self.pages) == pages and not self.counter.session.scanning)
        if not self.counter.reader.hold:
            self.qtbot.waitUntil(lambda: all(page.read for page in self.pages))

    def pick(self, number: int) -> None:
        self.step.grid.setCurrentIndex(self.step.grid.pages.index(number - 1))

    def tile(self, number: int) -> str:
        return str(self.step.grid.pages.data(self.step.grid.pages.index(number - 1), Role.STATE))

    def sign(self, number: int) -> str:
        return str(self.step.grid.pages.data(self.step.grid.pages.index(number - 1), Role.SIGN))

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.isVisible()
        self.qtbot.keyClick(focus, key, modifier)

    def matter(self) -> Matter | None:
        return self.step.gate_bar.remark.matter if self.step.gate_bar.remark else None


@pytest.fixture
def feeder(window: CounterWindow, counter: Counter, qtbot: QtBot) -> Feeder:
    counter.identified()
    window.go_to("scan")
    made = Feeder(window, counter, qtbot)
    qtbot.waitUntil(lambda: made.step.picker.ready)
    return made


def test_a_blurred_page_says_so_before_it_is_read(feeder: Feeder, language: Language) -> None:
    feeder.counter.reader.hold = True
    feeder.feed(("rõ", None), ("mờ", BLURRED))
    feeder.qtbot.waitUntil(lambda: feeder.matter() is Matter.SPOILED)
    assert not feeder.pages[1].read
    assert feeder.tile(2) == language("quality.page.blurred", value="2").partition(";")[0]
    assert feeder.sign(2) == "mark-warning"
    assert language("quality.page.blurred", value="2") in feeder.window.status.remark.text()
    assert feeder.step.gate_bar.offers["scan_again"].isVisible()
    feeder.counter.reader.let_go()
    feeder.qtbot.waitUntil(lambda: all(page.read for page in feeder.pages))
    assert feeder.tile(2) == language("quality.page.blurred", value="2").partition(";")[0]


def test_f7_scans_the_page_again_into_its_place(feeder: Feeder) -> None:
    feeder.feed(("một", None), ("mờ", BLURRED), ("ba", None))
    feeder.pick(1)
    assert feeder.matter() is Matter.SPOILED
    old = feeder.pages
    feeder.counter.sources.tray = [picture("rõ"), picture("tờ sau")]
    feeder.press(Key.Key_F7)
    feeder.qtbot.waitUntil(lambda: feeder.pages[1].id != old[1].id and not feeder.counter.session.scanning)
    feeder.settled(3)
    assert [feeder.pages[0].id, feeder.pages[2].id] == [old[0].id, old[2].id]
    assert feeder.matter() is None
    assert len(feeder.counter.sources.tray) == 1


def test_a_page_that_cannot_be_scanned_again_stays(feeder: Feeder, language: Language) -> None:
    feeder.feed(("mờ", BLURRED))
    before = feeder.dossier
    feeder.press(Key.Key_F7)
    feeder.qtbot.waitUntil(feeder.window.messages.isVisible)
    assert feeder.window.messages.sentence.text() == language("error.device.no_paper.say")
    assert feeder.dossier == before


def test_f9_keeps_the_page_and_it_is_not_spoken_of_again(feeder: Feeder) -> None:
    feeder.feed(("mờ", BLURRED))
    feeder.press(Key.Key_F9)
    feeder.qtbot.waitUntil(lambda: feeder.matter() is None)
    assert feeder.pages[0].kept_by == "canbo.mau"
    assert feeder.window.status.remark.text() == ""
    assert feeder.sign(1) == "mark-done"


def test_the_page_under_the_hand_is_spoken_of_first(feeder: Feeder) -> None:
    feeder.feed(("mờ", BLURRED), ("rõ", None), ("mờ nữa", Judgement(BLURRED.issues, "b9")))
    feeder.pick(3)
    assert feeder.step.gate_bar.remark is not None
    assert feeder.step.gate_bar.remark.page.number == 3
    feeder.pick(2)
    assert feeder.step.gate_bar.remark.page.number == 1


def test_blank_pages_stay_until_one_key_takes_them_all_out(feeder: Feeder, language: Language) -> None:
    feeder.feed(("một", None), ("trắng", BLANK), ("ba", None), ("trắng nữa", BLANK))
    assert len(feeder.pages) == 4
    assert [feeder.tile(number) for number in (2, 4)] == [language("gate.tile.blank")] * 2
    feeder.pick(2)
    assert "2" in feeder.step.gate_bar.offers["remove_blank"].text()
    feeder.press(Key.Key_Delete, Modifier.ControlModifier)
    feeder.qtbot.waitUntil(lambda: len(feeder.pages) == 2)
    assert [page.number for page in feeder.pages] == [1, 2]
    assert feeder.matter() is None


def test_the_same_page_twice_names_the_other_and_offers_to_go(
    feeder: Feeder, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    feeder.feed(("tờ khai", Judgement((), "aa")), ("khác", None), ("tờ khai nữa", Judgement((), "aa")))
    feeder.qtbot.waitUntil(lambda: feeder.tile(3) == language("gate.tile.twin", other=1))
    feeder.pick(3)
    assert feeder.step.gate_bar.sentence.text() == language("gate.twin", page=3, other=1)
    monkeypatch.setattr(page_deeds, "ask", lambda *_args, **_values: True)
    feeder.step.gate_bar.offers["remove_twin"].click()
    feeder.qtbot.waitUntil(lambda: len(feeder.pages) == 2)


def test_two_papers_on_one_glass_are_two_pages_each_with_its_own_picture(feeder: Feeder) -> None:
    feeder.counter.reader.script = [reading("citizen_card_front"), reading("citizen_card_back")]
    feeder.feed(("hai thẻ", Judgement((), "", (LEFT, RIGHT))))
    assert sorted(feeder.counter.reader.outlines, key=str) == [LEFT, RIGHT]
    thumbnails = feeder.step.thumbnails
    feeder.qtbot.waitUntil(lambda: all(thumbnails.of(page) is not None for page in feeder.pages))
    pictures = [thumbnails.of(page) for page in feeder.pages]
    assert pictures[0] is not None
    assert pictures[1] is not None
    assert pictures[0].toImage() != pictures[1].toImage()
    assert pictures[0].height() / pictures[0].width() == pytest.approx(850 / 290, rel=0.1)


def test_what_was_split_is_put_together_with_one_key_and_read_as_a_whole(feeder: Feeder) -> None:
    feeder.feed(("hai thẻ", Judgement((), "", (LEFT, RIGHT))), ("sau", None))
    feeder.pick(2)
    assert feeder.matter() is Matter.PARTS
    feeder.press(Key.Key_U, Modifier.ControlModifier)
    feeder.settled(2)
    assert feeder.counter.reader.outlines[-1] is None
    assert feeder.matter() is None


def test_parts_of_an_image_are_no_reason_to_stop(feeder: Feeder) -> None:
    feeder.feed(("hai thẻ", Judgement((), "", (LEFT, RIGHT))), ("sau", None))
    feeder.pick(3)
    assert feeder.matter() is None
    assert feeder.window.status.remark.text() == ""


def test_a_page_that_the_gate_cannot_judge_is_read_all_the_same(feeder: Feeder) -> None:
    feeder.feed(("lạ", InputError("file.truncated")))
    assert feeder.pages[0].kind is not None


def test_a_page_that_could_not_be_read_says_why_and_is_read_again(feeder: Feeder, language: Language) -> None:
    feeder.counter.reader.script = [ReadingError("reading.too_slow", seconds=120)]
    feeder.feed(("treo", None))
    assert feeder.matter() is Matter.FAILED
    assert language("error.reading.too_slow.say") in feeder.step.gate_bar.sentence.text()
    feeder.press(Key.Key_R, Modifier.ControlModifier)
    feeder.qtbot.waitUntil(lambda: feeder.pages[0].kind is not None)
    assert feeder.matter() is None
    assert feeder.pages[0].failure is None


@pytest.mark.parametrize("code", ["file.too_large", "reading.engine_failed", "resource.no_model", "a.newer_code"])
def test_a_failure_whose_sentence_wants_more_than_its_code_is_told_too(feeder: Feeder, code: str) -> None:
    feeder.counter.reader.script = [ReadingError(code)]
    feeder.feed(("hỏng", None))
    assert feeder.step.gate_bar.sentence.text()


def test_what_is_known_early_is_shown_and_goes_with_the_reading(feeder: Feeder, language: Language) -> None:
    feeder.counter.reader.hold = True
    feeder.counter.reader.early = PageReading("birth_notice", 0.9)
    feeder.feed(("một", None))
    feeder.qtbot.waitUntil(lambda: language("early.reading_on") in feeder.tile(1))
    assert language("kind.birth_notice") in feeder.tile(1)
    assert feeder.pages[0].kind is None
    feeder.counter.reader.let_go()
    feeder.qtbot.waitUntil(lambda: feeder.pages[0].read)
    assert language("early.reading_on") not in feeder.tile(1)
    assert feeder.counter.session.early == {}


def test_the_corners_are_moved_from_the_keyboard_and_the_page_is_read_with_them(feeder: Feeder) -> None:
    feeder.feed(("ảnh chụp", None))
    feeder.press(Key.Key_G, Modifier.ControlModifier)
    corners = feeder.step.corners.corners
    feeder.qtbot.waitUntil(lambda: corners.sound)
    assert corners.outline == ((0.0, 0.0), (619.0, 0.0), (619.0, 876.0), (0.0, 876.0))
    feeder.press(Key.Key_Right)
    feeder.press(Key.Key_Down, Modifier.ShiftModifier)
    (across, down), *others = corners.outline
    assert 0 < across < down
    feeder.press(Key.Key_Tab)
    assert corners.chosen == 1
    feeder.press(Key.Key_Left, Modifier.ShiftModifier)
    moved = corners.outline
    assert moved[1][0] < 619
    assert moved[2:] == tuple(others[1:])
    feeder.press(Key.Key_Return)
    feeder.qtbot.waitUntil(lambda: feeder.pages[0].outline == moved and feeder.pages[0].read)
    assert feeder.counter.reader.outlines[-1] == moved
    assert feeder.step.grid.isVisible()
    assert feeder.window.current == "scan"


def test_a_corner_is_dragged_with_the_mouse_and_stays_inside_the_image(feeder: Feeder) -> None:
    feeder.feed(("ảnh chụp", None))
    feeder.step.page_actions.corners.click()
    corners = feeder.step.corners.corners
    feeder.qtbot.waitUntil(lambda: corners.sound)
    start = corners._to_screen().map(corners._corners[2]).toPoint()
    feeder.qtbot.mousePress(corners, Qt.MouseButton.LeftButton, pos=start)
    feeder.qtbot.mouseMove(corners, start - QPoint(60, 40))
    feeder.qtbot.mouseRelease(corners, Qt.MouseButton.LeftButton, pos=start - QPoint(60, 40))
    assert corners.outline[2][0] < 619
    feeder.qtbot.mousePress(corners, Qt.MouseButton.LeftButton, pos=start - QPoint(60, 40))
    feeder.qtbot.mouseMove(corners, start + QPoint(500, 500))
    assert corners.outline[2] == (619.0, 876.0)


def test_corners_that_make_no_sheet_cannot_be_applied(feeder: Feeder, language: Language) -> None:
    feeder.feed(("ảnh chụp", None))
    feeder.step.page_actions.corners.click()
    panel = feeder.step.corners
    feeder.qtbot.waitUntil(lambda: panel.corners.sound)
    panel.corners._move(panel.corners._to_screen().map(panel.corners._corners[2]))
    assert not panel.apply.isEnabled()
    assert panel.hint.text() == language("corners.wrong")
    feeder.press(Key.Key_Return)
    assert feeder.pages[0].outline is None
    feeder.press(Key.Key_Escape)
    assert feeder.step.grid.isVisible()
    assert feeder.step.grid.hasFocus()
    assert feeder.window.current == "scan"


def test_ctrl_delete_takes_out_the_blank_pages_and_no_other_while_the_bar_speaks_of_another(feeder: Feeder) -> None:
    feeder.feed(("một", None), ("trắng", BLANK), ("mờ", BLURRED))
    feeder.pick(3)
    assert feeder.matter() is Matter.SPOILED
    kept = [feeder.pages[0].id, feeder.pages[2].id]
    feeder.press(Key.Key_Delete, Modifier.ControlModifier)
    feeder.qtbot.waitUntil(lambda: [page.id for page in feeder.pages] == kept)


def test_until_the_picture_is_there_nothing_is_wrong_with_the_corners_and_tab_waits(
    feeder: Feeder, language: Language
) -> None:
    feeder.feed(("ảnh chụp", None))
    feeder.press(Key.Key_G, Modifier.ControlModifier)
    panel = feeder.step.corners
    assert not panel.corners.has_picture
    assert panel.hint.text() == language("corners.keys")
    assert not panel.apply.isEnabled()
    feeder.press(Key.Key_Tab)
    assert panel.corners.hasFocus()


def test_esc_leaves_the_corners_and_enter_stays_at_the_page_wherever_the_keyboard_is(feeder: Feeder) -> None:
    feeder.feed(("ảnh chụp", None))
    feeder.press(Key.Key_G, Modifier.ControlModifier)
    feeder.step.checklist.list.setFocus()
    feeder.press(Key.Key_Return)
    assert feeder.window.current == "scan"
    assert feeder.step.corners.isVisible()
    feeder.press(Key.Key_Escape)
    assert not feeder.step.corners.isVisible()
    assert feeder.step.grid.hasFocus()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_tab_goes_round_the_corners_as_they_stand_on_the_screen(feeder: Feeder, rotation: int) -> None:
    feeder.counter.reader.script = [PageReading("birth_notice", 0.9, rotation=rotation, outline=LEFT)]
    feeder.feed(("xoay", None))
    feeder.press(Key.Key_G, Modifier.ControlModifier)
    corners = feeder.step.corners.corners
    feeder.qtbot.waitUntil(lambda: corners.sound)
    assert corners.outline == LEFT, "the reader's own proposal"
    places = []
    for expected in range(4):
        assert corners.chosen == expected
        places.append(corners._to_screen().map(corners._corners[corners._chosen]))
        if expected < 3:
            feeder.press(Key.Key_Tab)
    left_top, right_top, right_bottom, left_bottom = places
    assert left_top.x() < right_top.x()
    assert left_bottom.x() < right_bottom.x()
    assert left_top.y() < left_bottom.y()
    assert right_top.y() < right_bottom.y()


def test_nothing_of_the_dossier_stays_when_the_counter_is_free(feeder: Feeder) -> None:
    feeder.feed(("mờ", BLURRED))
    feeder.step.page_actions.corners.click()
    feeder.qtbot.waitUntil(lambda: feeder.step.corners.corners.sound)
    feeder.counter.session.show(None)
    feeder.step.refresh(None)
    assert feeder.step.corners.page is None
    assert not feeder.step.corners.corners.sound
    assert not feeder.step.gate_bar.isVisible()
    assert feeder.step.gate_bar.sentence.text() == ""
    assert feeder.window.status.remark.text() == ""


def test_an_open_file_that_fails_is_told_by_its_name(feeder: Feeder, language: Language) -> None:
    feeder.counter.session.add_file(b"", "quyết định.png")
    feeder.qtbot.waitUntil(feeder.window.messages.isVisible)
    assert "«quyết định.png»" in feeder.window.messages.sentence.text()
    assert language("error.file.empty.say") in feeder.window.messages.sentence.text()


def test_opening_a_file_is_not_called_scanning(feeder: Feeder, language: Language) -> None:
    told: list[str] = []
    feeder.counter.session.scanning_changed.connect(lambda _busy: told.append(feeder.window.status.busy.text()))
    feeder.counter.session.add_file(picture("tệp"), "tệp.png")
    feeder.settled(1)
    assert language("busy.opening", seconds=0) in told
    assert not any(language("busy.scanning", page=1) in text for text in told)

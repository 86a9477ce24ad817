"""The page gate on pages drawn here: what it has against an image, and what it lets pass."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from station.dossier.judgement import Judgement, same_page
from station.errors import InputError
from station.language import Language
from station.scan.gate import Gate
from station.scan.image.shake import Shake, line

Array = npt.NDArray[Any]

FORM = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "TỜ KHAI ĐĂNG KÝ KHAI SINH",
    "Kính gửi: Ủy ban nhân dân xã Mẫu, tỉnh Mẫu",
    "Họ, chữ đệm, tên người yêu cầu: {name}",
    "Nơi cư trú: {home}",
    "Giấy tờ tùy thân: Căn cước số {number}",
    "Quan hệ với người được khai sinh: Mẹ",
    "Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:",
    "Họ, chữ đệm, tên: {child}",
    "Ngày, tháng, năm sinh: {born}",
    "Giới tính: Nam      Dân tộc: Kinh      Quốc tịch: Việt Nam",
    "Tôi cam đoan nội dung đề nghị trên đây là đúng sự thật.",
]
ONE = {
    "name": "TRẦN THỊ MẪU",
    "home": "Thôn Đông, xã Mẫu, tỉnh Mẫu",
    "number": "001190000001",
    "child": "LÊ VĂN THỬ",
    "born": "12/05/2026",
}
OTHER = {
    "name": "ĐẶNG NGỌC THỬ",
    "home": "Số 18 đường Mẫu, phường Thử, tỉnh Thử",
    "number": "002192000765",
    "child": "PHẠM GIA MẪU",
    "born": "28/11/2025",
}


def encoded(image: Array, quality: int = 85) -> bytes:
    return cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def judged(image: Array) -> Judgement:
    return Gate().judge(encoded(image))


def codes(image: Array) -> set[str]:
    return {issue.code for issue in judged(image).issues}


def filled(write: Any, facts: dict[str, str]) -> Array:
    return np.asarray(write([line.format(**facts) for line in FORM]))


def scanned(sheet: Array, seed: int) -> Array:
    """The sheet as another scan of it comes: leaning, moved, at 200 or 300 dpi, lighter or darker, with grain."""
    dice = np.random.default_rng(seed)
    height, width = sheet.shape[:2]
    around: Array = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), dice.uniform(-3, 3), 1.0))
    around[:, 2] += dice.uniform(-25, 25, 2)
    leaning = cv2.warpAffine(sheet, around, (width, height), borderValue=(245, 245, 245))
    scale = dice.choice((2 / 3, 1.0))
    small = cv2.resize(leaning, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grain = dice.normal(0, 3, small.shape[:2])[..., None]
    return np.asarray(np.clip(small * dice.uniform(0.75, 1.0) + grain, 0, 255), np.uint8)


@pytest.fixture(scope="module")
def sheet(write: Any) -> Array:
    return filled(write, ONE)


@pytest.fixture(scope="module")
def card(write: Any) -> Array:
    """ID-1 at 300 dpi on green paper, with a frame for a portrait."""
    lines = ["CĂN CƯỚC MẪU", "Số: 001099000001", "Họ và tên: TRẦN THỊ MẪU", "Nơi cư trú: Thôn Đông, xã Mẫu"]
    drawn = np.minimum(write(lines, size=(1011, 638), points=9, at=(330, 90)), np.array((216, 232, 206), np.uint8))
    cv2.rectangle(drawn, (60, 160), (270, 440), (150, 150, 160), -1)
    return np.asarray(drawn)


def glass(*placed: tuple[Array, int, int, float]) -> Array:
    """An A4 glass under a white lid with things on it: each with its place (left, top) and angle."""
    bed = np.full((3508, 2480, 3), 250, np.uint8)
    for thing, left, top, angle in placed:
        height, width = thing.shape[:2]
        around = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        around[:, 2] += (left, top)
        where = cv2.warpAffine(np.full((height, width), 255, np.uint8), around, (2480, 3508)) > 127
        bed[where] = cv2.warpAffine(thing, around, (2480, 3508))[where]
    return bed


def test_a_clean_page_passes(sheet: Array) -> None:
    found = judged(sheet)
    assert found.issues == ()
    assert found.papers == ()
    assert found.rotation == 0


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_the_wrong_way_is_turned_without_complaint(sheet: Array, turn: int) -> None:
    lying = np.rot90(sheet, turn // 90)  # counter-clockwise, so this many degrees clockwise set it right
    found = judged(np.ascontiguousarray(lying))
    assert found.rotation == turn
    assert found.issues == ()


def test_what_is_no_image_is_refused_as_when_it_is_loaded() -> None:
    for content, code in ((b"", "file.empty"), (b"no picture", "file.not_an_image")):
        with pytest.raises(InputError) as refused:
            Gate().judge(content)
        assert refused.value.code == code


def test_a_truncated_page_is_refused(sheet: Array) -> None:
    content = encoded(sheet)
    with pytest.raises(InputError, match=r"file\.truncated"):
        Gate().judge(content[: len(content) // 2])


@pytest.mark.parametrize("what", ["plain", "grain", "from behind", "shadow", "holes", "tinted"])
def test_blank_pages_are_told_whatever_the_scanner_adds(sheet: Array, what: str) -> None:
    blank = np.full((3508, 2480, 3), 248, np.uint8)
    if what == "grain":
        grain = np.random.default_rng(1).normal(0, 8, blank.shape[:2])[..., None]
        blank = np.clip(blank - 12 + grain, 0, 255).astype(np.uint8)
    if what == "from behind":
        behind = cv2.GaussianBlur(np.ascontiguousarray(sheet[:, ::-1]), (0, 0), 4)
        blank = np.clip(248 - (255 - behind.astype(np.float32)) * 0.18, 0, 255).astype(np.uint8)
    if what == "shadow":
        blank = (blank * np.linspace(0.55, 1, 2480)[None, :, None]).astype(np.uint8)
        blank[:, :12] = 60
    if what == "holes":
        for down in (1280, 2228):
            cv2.circle(blank, (142, down), 35, (30, 30, 30), -1, cv2.LINE_AA)
    if what == "tinted":
        blank = np.minimum(blank, np.array((206, 226, 246), np.uint8))
    assert codes(blank) == {"page.blank"}


def test_a_page_with_one_line_is_not_blank(write: Any) -> None:
    assert codes(write(["Tôi xin cam đoan những lời khai trên là đúng."])) == set()


@pytest.mark.parametrize(("sigma", "blurred"), [(0, False), (1, False), (2, False), (2.6, False), (4, True), (6, True)])
def test_blur_is_told_from_where_reading_fails(sheet: Array, sigma: float, blurred: bool) -> None:
    soft = np.asarray(cv2.GaussianBlur(sheet, (0, 0), sigma)) if sigma else sheet
    assert ("page.blurred" in codes(soft)) == blurred


@pytest.mark.parametrize("way", [0, 90])
def test_a_shake_that_cannot_be_overlooked_is_told_whichever_way_it_went(sheet: Array, way: float) -> None:
    assert "page.blurred" in codes(cv2.filter2D(sheet, -1, line(Shake(16, way))))


@pytest.mark.parametrize(
    ("dpi", "low"), [(300, False), (200, False), (150, False), (100, False), (65, True), (50, True)]
)
def test_low_resolution_is_told_from_where_reading_fails(sheet: Array, dpi: int, low: bool) -> None:
    small = cv2.resize(sheet, None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA)
    assert ("page.low_resolution" in codes(np.asarray(small))) == low


@pytest.mark.parametrize(("light", "dark"), [(1.0, False), (0.6, False), (0.35, False), (0.18, True), (0.1, True)])
def test_darkness_is_told_from_where_a_person_sees_little(sheet: Array, light: float, dark: bool) -> None:
    grain = np.random.default_rng(2).normal(0, 2, sheet.shape[:2])[..., None]
    dim = np.clip(sheet * light + grain, 0, 255).astype(np.uint8)
    assert ("page.dark" in codes(dim)) == dark


def test_a_negative_passes_as_the_page_that_it_shows(sheet: Array) -> None:
    told = judged(255 - sheet)
    assert told.issues == ()
    assert same_page(told.fingerprint, judged(sheet).fingerprint)


def test_black_lines_of_a_dirty_feeder_are_told_and_pale_ones_are_not(sheet: Array) -> None:
    for light, told in ((0.05, True), (0.7, False)):
        dusty = sheet.copy()
        wide = max(3, round(sheet.shape[1] / 800))
        dusty[:, 700 : 700 + wide] = dusty[:, 700 : 700 + wide] * light
        assert ("page.streaks" in codes(dusty)) == told


@pytest.mark.parametrize("side", ["left", "right", "bottom"])
def test_print_that_runs_out_of_the_image_is_told(sheet: Array, side: str) -> None:
    rows, columns = np.nonzero(sheet[:, :, 0] < 128)
    left, right, bottom = columns.min(), columns.max(), rows.max()
    cut = {
        "left": sheet[:, left + 120 :],
        "right": sheet[:, : right - 500],
        "bottom": sheet[: bottom - 25],
    }[side]
    assert "page.cut_edge" in codes(np.ascontiguousarray(cut))


def test_a_page_without_margins_that_loses_no_print_passes(sheet: Array) -> None:
    rows, columns = np.nonzero(sheet[:, :, 0] < 128)
    close = sheet[rows.min() - 25 : rows.max() + 25, columns.min() - 25 : columns.max() + 25]
    assert "page.cut_edge" not in codes(np.ascontiguousarray(close))


def test_a_black_strip_beside_the_page_is_no_cut_print(sheet: Array) -> None:
    beside = sheet.copy()
    beside[:, -14:] = 15
    beside[-10:] = 15
    assert codes(beside) == set()


@pytest.mark.parametrize("other", [(1300, 260, -1.0), (260, 1700, 2.0)])
def test_two_cards_on_one_glass_are_two_papers(card: Array, other: tuple[int, int, float]) -> None:
    left, top, angle = other
    at = 1330 if top == 260 else 260
    found = judged(glass((card, 200 if top == 260 else 260, at if top != 260 else 260, 1.0), (card, left, top, angle)))
    assert len(found.papers) == 2
    for paper in found.papers:
        assert cv2.contourArea(np.array(paper, np.float32)) == pytest.approx(1011 * 638, rel=0.06)


def test_a_card_beside_a_small_sheet_is_two_papers(card: Array, write: Any) -> None:
    small = write([line.format(**ONE) for line in FORM[:9]], size=(2300, 1600), points=11, at=(120, 120))
    found = judged(glass((small, 60, 60, 0.0), (card, 700, 2400, 1.5)))
    assert len(found.papers) == 2


def test_two_photographs_are_two_papers() -> None:
    dice = np.random.default_rng(3)
    faces = [cv2.resize(dice.integers(40, 200, (8, 6, 3), np.uint8), (472, 709)) for _ in range(2)]
    assert len(judged(glass((faces[0], 300, 300, 2.0), (faces[1], 1200, 340, -3.0))).papers) == 2


def test_one_card_and_one_page_are_no_several_papers(card: Array, sheet: Array) -> None:
    assert judged(glass((card, 700, 1200, 4.0))).papers == ()
    assert judged(sheet).papers == ()


def test_pictures_pasted_on_a_page_are_no_papers_of_their_own(sheet: Array) -> None:
    pasted = sheet.copy()
    cv2.rectangle(pasted, (300, 2400), (654, 2872), (120, 130, 150), -1)
    cv2.rectangle(pasted, (800, 2400), (1154, 2872), (90, 110, 140), -1)
    assert judged(pasted).papers == ()


@pytest.mark.parametrize("seed", range(6))
def test_the_same_page_scanned_again_is_known(sheet: Array, seed: int) -> None:
    one, other = judged(scanned(sheet, seed)), judged(scanned(sheet, seed + 100))
    assert same_page(one.fingerprint, other.fingerprint)


@pytest.mark.parametrize("seed", range(3))
def test_one_form_filled_in_for_two_people_is_two_pages(sheet: Array, write: Any, seed: int) -> None:
    one, other = judged(scanned(sheet, seed)), judged(scanned(filled(write, OTHER), seed + 50))
    assert not same_page(one.fingerprint, other.fingerprint)


def test_another_page_and_a_blank_one_are_not_the_same(sheet: Array, write: Any, letter: list[str]) -> None:
    one = judged(sheet).fingerprint
    assert not same_page(one, judged(write(letter, points=15)).fingerprint)
    blank = judged(np.full((3508, 2480, 3), 250, np.uint8)).fingerprint
    assert not same_page(one, blank)
    assert not same_page(blank, blank)
    assert not same_page(one, "")


def test_every_complaint_has_its_sentence_in_both_languages() -> None:
    for language in (Language.load("vi"), Language.load("en")):
        for code in ("blank", "blurred", "cut_edge", "dark", "low_resolution", "skewed"):
            assert language(f"quality.page.{code}", value=1)

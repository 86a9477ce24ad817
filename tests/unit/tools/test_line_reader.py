"""The text engine's model is taken apart and put together again: in whole numbers, in full, with other signs."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from station import paths
from station.scan.text.levels import seen
from station.scan.text.line_crop import HEIGHT, SEEN_HEIGHT, for_network
from station.scan.text.line_reader import LineReader
from station.scan.text.tesserocr_engine import TesserocrEngine
from tools.training.line_reader import lstm_file, traineddata
from tools.training.line_reader.charset import Charset
from tools.training.line_reader.respelt import GIVES_WAY, LIKE, respelt

MODELS = paths.resources() / "models"
BASE = MODELS / "Vietnamese.traineddata"
TRAINED = Path(lstm_file.__file__).with_name("line_reader.traineddata")
LINES = ("Độc lập - Tự do - Hạnh phúc", "NGUYỄN THỊ HỒNG THẮM", "Số: 17/2024/TLKT-BS", "038193004711")


@pytest.fixture(scope="module")
def components() -> dict[int, bytes]:
    assert BASE.exists(), "run «python tools/fetch_models.py» first"
    return traineddata.read(BASE)


@pytest.fixture(scope="module")
def network(components: dict[int, bytes]) -> lstm_file.Reading:
    return lstm_file.Reading(components[traineddata.LSTM])


def drawn(text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    from PIL import Image, ImageDraw, ImageFont

    sheet = Image.new("L", (1100, 90), 255)
    face = ImageFont.truetype(str(paths.resources() / "fonts" / "LiberationSerif-Regular.ttf"), 46)
    ImageDraw.Draw(sheet).text((20, 62), text, 0, face, anchor="ls")
    return np.asarray(sheet)


def test_a_container_taken_apart_and_put_together_is_the_same_file(
    components: dict[int, bytes], tmp_path: Path
) -> None:
    traineddata.write(tmp_path / "again", components)
    assert (tmp_path / "again").read_bytes() == BASE.read_bytes()


def test_a_network_rounded_again_is_the_same_network(components: dict[int, bytes], network: lstm_file.Reading) -> None:
    weights = {name: matrix.weights for name, matrix in network.matrices.items()}
    assert lstm_file.with_weights(components[traineddata.LSTM], weights) == components[traineddata.LSTM]


def test_a_network_in_full_holds_the_same_numbers(components: dict[int, bytes], network: lstm_file.Reading) -> None:
    weights = {name: matrix.weights for name, matrix in network.matrices.items()}
    again = lstm_file.Reading(lstm_file.with_weights(components[traineddata.LSTM], weights, integer=False))
    assert again.spec == network.spec
    assert again.null == network.null
    assert list(again.matrices) == list(weights)
    for name, matrix in again.matrices.items():
        np.testing.assert_array_equal(matrix.weights, weights[name])


def test_a_network_in_full_reads_as_the_rounded_one(
    components: dict[int, bytes], network: lstm_file.Reading, tmp_path: Path
) -> None:
    weights = {name: matrix.weights for name, matrix in network.matrices.items()}
    full = lstm_file.with_weights(components[traineddata.LSTM], weights, integer=False)
    traineddata.write(tmp_path / "full.traineddata", components | {traineddata.LSTM: full})
    in_full, rounded = TesserocrEngine(tmp_path, "full"), TesserocrEngine(MODELS, "Vietnamese")
    for line in LINES:
        assert in_full.read_line(drawn(line))[0] == rounded.read_line(drawn(line))[0] == line
    in_full.close()
    rounded.close()


def test_rounding_errs_by_half_a_step_at_most() -> None:
    weights = np.random.default_rng(3).normal(0, 1, (5, 40))
    weights[2] = 0
    head = lstm_file.rounded(weights)
    assert len(head) == 10 + 5 * 40 + 4 + 5 * 8
    steps = np.frombuffer(head, np.int8, 200, 10).reshape(5, 40)
    scales = np.frombuffer(head, "<f8", 5, 214)
    assert np.abs(steps * scales[:, None] - weights).max() <= np.abs(weights).max() / 254 + 1e-12


def test_a_file_of_another_layout_is_refused() -> None:
    with pytest.raises(ValueError, match="old model"):
        lstm_file.Reading(b"\x05" + bytes(40))


def test_signs_have_their_numbers_and_a_path_its_text(components: dict[int, bytes], network: lstm_file.Reading) -> None:
    charset = Charset.of(components, network.null)
    codes = charset.encoded("Ấn tỷ")
    assert codes is not None
    assert charset.decoded([code for sign in codes for code in (sign, sign, charset.null)]) == "Ấn tỷ"
    assert charset.encoded("Thuỵ") is None


def test_signs_that_the_model_lacks_take_the_place_of_foreign_ones(
    components: dict[int, bytes], network: lstm_file.Reading
) -> None:
    old = Charset.of(components, network.null)
    changed, weights = respelt(components, network.matrices["Output"].weights, network.null)
    new = Charset.of(changed, network.null)
    assert new.encoded("Thuỵ, 12 m²") is not None
    for gone, come in GIVES_WAY.items():
        assert gone not in new.codes
        assert new.codes[come] == old.codes[gone]
        np.testing.assert_array_equal(weights[new.codes[come]], weights[new.codes[LIKE[come]]])


def test_signs_that_a_trained_model_has_learnt_already_are_kept() -> None:
    trained = traineddata.read(TRAINED)
    learnt = lstm_file.Reading(trained[traineddata.LSTM])
    changed, weights = respelt(trained, learnt.matrices["Output"].weights, learnt.null)
    assert changed == trained
    np.testing.assert_array_equal(weights, learnt.matrices["Output"].weights)


@pytest.mark.parametrize("face", ["LiberationSerif-Regular", "LiberationSans-Bold", "LiberationSerif-Italic"])
def test_a_three_with_a_flat_top_has_a_bar_and_the_bowl_of_a_three(face: str) -> None:
    from PIL import Image, ImageDraw, ImageFont

    from tools.training.line_reader.flat_threes import FlatTop, draw

    cut = ImageFont.truetype(str(paths.resources() / "fonts" / f"{face}.ttf"), 80)
    flat, round_ = Image.new("L", (80, 100)), Image.new("L", (80, 100))
    draw(flat, 10, 80, cut, FlatTop(waist=0.45, bar=0.4, slant=0.4, start=0.2, beak=0.0, beak_width=0.0))
    ImageDraw.Draw(round_).text((10, 80), "3", font=cut, fill=255, anchor="ls")
    made, plain = np.asarray(flat) > 127, np.asarray(round_) > 127
    (top, *_, bottom) = np.flatnonzero(made.any(axis=1))
    (plain_top, *_, plain_bottom) = np.flatnonzero(plain.any(axis=1))
    assert abs(top - plain_top) <= 1
    assert abs(bottom - plain_bottom) <= 1
    assert made[top + 1].sum() > 1.4 * plain[plain_top + 1].sum()
    np.testing.assert_allclose(made[bottom - 6 : bottom - 2].sum(), plain[bottom - 6 : bottom - 2].sum(), rtol=0.25)


def test_levels_are_stretched_between_the_print_and_the_paper_of_the_middle_row() -> None:
    strip = np.full((SEEN_HEIGHT, 40), 180, np.uint8)
    strip[10:26, 4::6] = 60
    levels = seen(strip)
    assert levels[0, 0] == pytest.approx(1, abs=0.02)
    assert levels[15, 4] == pytest.approx(-1, abs=0.02)


def test_the_trained_model_is_the_script_model_with_other_weights() -> None:
    trained, base = traineddata.read(TRAINED), traineddata.read(BASE)
    assert lstm_file.Reading(trained[traineddata.LSTM]).spec == lstm_file.Reading(base[traineddata.LSTM]).spec
    assert trained[traineddata.RECODER] == base[traineddata.RECODER]
    assert trained[traineddata.LSTM] != base[traineddata.LSTM]


def test_the_shipped_network_reads_as_tesseract_does_with_the_trained_model() -> None:
    engine, reader = TesserocrEngine(TRAINED.parent, "line_reader"), LineReader(MODELS)
    for line in LINES:
        image = drawn(line)
        inked = np.flatnonzero((image < 128).any(axis=0))
        strip = cv2.resize(image[2:88, : inked[-1] + 20], None, fx=HEIGHT / 86, fy=HEIGHT / 86)
        [words] = reader.read_strips([strip])
        assert " ".join(word.text for word in words) == engine.read_line(for_network(strip))[0] == line
    engine.close()


@pytest.mark.parametrize(
    ("network", "model"),
    [("line_reader", TRAINED), ("vie", MODELS / "vie.traineddata"), ("vie_fast", MODELS / "vie_fast.traineddata")],
)
def test_the_shipped_networks_are_the_models(network: str, model: Path) -> None:
    onnx = pytest.importorskip("onnx")
    from tools.training.line_reader.export import from_file

    assert onnx.load(MODELS / f"{network}.onnx") == from_file(model)


@pytest.mark.skipif(not shutil.which("dawg2wordlist"), reason="needs Tesseract's training tools (tesseract-ocr)")
def test_training_lines_say_what_the_model_can_write(components: dict[int, bytes], network: lstm_file.Reading) -> None:
    from tools.training.line_reader import wording

    changed, _ = respelt(components, network.matrices["Output"].weights, network.null)
    charset = Charset.of(changed, network.null)
    dice = random.Random(7)
    lines = [make(dice) for make in (wording.line, wording.figures) for _ in range(200)]
    assert all(charset.encoded(wording.told(line)) for line in lines)
    assert max(map(len, lines)) <= wording.LONGEST
    assert len(set(lines)) > 250


def test_the_network_in_pytorch_reads_as_tesseract_does(
    network: lstm_file.Reading, components: dict[int, bytes]
) -> None:
    torch = pytest.importorskip("torch")
    from tools.training.line_reader import measure
    from tools.training.line_reader.network import LineReaderNetwork

    weights = {name: matrix.weights for name, matrix in network.matrices.items()}
    torch.manual_seed(1)  # noise beyond the border
    reader = LineReaderNetwork(weights)
    for name, matrix in reader.matrices().items():
        np.testing.assert_allclose(matrix, weights[name], rtol=1e-6)
    charset = Charset.of(components, network.null)
    for line in LINES:
        image = drawn(line)
        inked = np.flatnonzero((image < 128).any(axis=0))
        strip = cv2.resize(image[8:80, : inked[-1] + 20], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        picture = torch.from_numpy(seen(strip))[None]
        with torch.no_grad():
            path = reader(picture, torch.tensor([picture.shape[2] // 3]))[:, 0].argmax(-1).tolist()
        # Tesseract's search gives a sign that two steps share to one of them; the most likely path has both.
        assert measure.distance(line, charset.decoded(path)) <= 2

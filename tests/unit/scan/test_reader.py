"""The whole pipeline on sheets drawn here; every name is invented and every sheet says «MẪU – SPECIMEN»."""

import cv2
import numpy as np
import pytest
import segno

from station.dossier.reading import Doubt, Source, Status
from station.dossier.text import folded
from station.errors import InputError, ResourceError
from station.scan.image.shake import Shake, line
from station.scan.reader import Reader

CARD = "079085023456||Trần Văn Mẫu|31121985|Nam|Thôn Đông, Xã Mẫu, Tỉnh Lào Cai|25042021"
BIRTH = [
    "GIẤY KHAI SINH",
    "Số: 27/2024",
    "Họ, chữ đệm, tên: LÊ THỊ HƯỜNG",
    "Ngày, tháng, năm sinh: 10/03/2024",
    "Ghi bằng chữ: Ngày mười tháng ba năm hai nghìn không trăm hai mươi bốn",
    "Giới tính: Nữ     Dân tộc: Kinh     Quốc tịch: Việt Nam",
    "Nơi sinh: Trạm Y tế xã Mẫu, tỉnh Lai Châu",
    "Họ, chữ đệm, tên người mẹ: TRẦN THỊ BƯỞI",
    "Năm sinh: 1995     Dân tộc: Tày     Quốc tịch: Việt Nam",
    "Họ, chữ đệm, tên người cha:",
    "Năm sinh:     Dân tộc:     Quốc tịch:",
    "Nơi đăng ký khai sinh: Ủy ban nhân dân xã Mẫu, tỉnh Lai Châu",
    "Ngày, tháng, năm đăng ký: 25/04/2024",
    "MẪU – SPECIMEN",
]


@pytest.fixture(scope="module")
def reader(models) -> Reader:
    return Reader(models)


def png(image) -> bytes:
    done, content = cv2.imencode(".png", image)
    assert done
    return content.tobytes()


@pytest.fixture(scope="module")
def certificate(reader, write):
    return reader.read(png(write(BIRTH)))


def test_a_page_that_a_hand_shook_is_read_as_if_it_had_held_still(reader, write) -> None:
    """Without that nothing on it is accepted, and half of it is not found."""
    small = cv2.resize(write(BIRTH), None, fx=0.45, fy=0.45, interpolation=cv2.INTER_AREA)
    fields = {field.key: field for field in reader.read(png(cv2.filter2D(small, -1, line(Shake(8, 165))))).fields}
    accepted = {key: field.value for key, field in fields.items() if field.status is Status.ACCEPTED}
    assert accepted["subject.full_name"] == "LÊ THỊ HƯỜNG"
    assert accepted["subject.birth_date"] == "2024-03-10"
    assert len(accepted) > 8


def test_a_negative_with_a_black_line_of_dust_is_read_and_what_the_line_covers_is_for_a_person(
    reader, write, certificate
) -> None:
    box = next(field.box for field in certificate.fields if field.key == "subject.birth_date")
    dusty = write(BIRTH)
    dusty[:, box[0] + 9 : box[0] + 12] = 0
    reading = reader.read(png(255 - dusty))
    fields = {field.key: field for field in reading.fields}
    assert "page.streaks" in {issue.code for issue in reading.quality}
    assert (fields["subject.birth_date"].status, fields["subject.birth_date"].doubt) == (
        Status.REVIEW,
        Doubt.UNDER_STREAK,
    )
    assert fields["registered_on"].status is Status.ACCEPTED
    assert fields["registered_on"].value == "2024-04-25"


def test_a_certificate_is_recognised_and_its_values_are_accepted(certificate) -> None:
    fields = {field.key: field for field in certificate.fields}
    assert certificate.kind == "birth_certificate"
    assert fields["subject.full_name"].value == "LÊ THỊ HƯỜNG"
    assert fields["subject.birth_date"].value == "2024-03-10"
    assert fields["subject.sex"].value == "female"
    assert fields["mother.full_name"].value == "TRẦN THỊ BƯỞI"
    assert fields["mother.birth_year"].value == "1995"
    assert fields["registered_on"].value == "2024-04-25"
    assert fields["subject.birth_date"].status is Status.ACCEPTED
    assert {field.source for field in certificate.fields} == {Source.OCR}


def test_an_empty_place_on_the_form_is_no_field(certificate) -> None:
    assert not [field.key for field in certificate.fields if field.key.startswith("father.")]


def test_a_box_holds_the_value_in_pixels_of_the_page(certificate) -> None:
    box = next(field.box for field in certificate.fields if field.key == "subject.birth_date")
    assert box is not None
    left, top, right, bottom = box
    row = 300 + 3 * round(13 * 300 / 72) * 1.6
    assert 700 < left < right < 1400
    assert row - 20 < top < bottom < row + 90


def test_the_text_is_in_reading_order(certificate) -> None:
    text = folded(certificate.text).replace(" ", "")
    places = [text.index(word) for word in ("gioitinh", "dantoc:kinh", "nguoime", "nguoicha", "noidangky")]
    assert places == sorted(places)


def test_a_tilted_dim_page_is_read_and_its_boxes_turn_with_it(reader, write) -> None:
    sheet = write(BIRTH)
    height, width = sheet.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 2.0, 1.0)
    tilted = cv2.warpAffine(sheet, turn, (width, height), borderValue=(255, 255, 255))
    reading = reader.read(png((tilted * 0.7).astype(np.uint8)))
    fields = {field.key: field for field in reading.fields}
    assert fields["subject.birth_date"].value == "2024-03-10"
    box = fields["subject.birth_date"].box
    assert box is not None
    across, down = turn @ np.array([950, 300 + 3 * 54 * 1.6 + 30, 1])
    assert box[0] - 60 < across < box[2] + 60
    assert box[1] - 60 < down < box[3] + 60


def test_a_card_s_code_is_exact_and_supports_the_print(reader, write) -> None:
    lines = [
        "CĂN CƯỚC CÔNG DÂN",
        "Số / No.: 079085023456",
        "Họ và tên / Full name: TRẦN VĂN MẪU",
        "Ngày sinh / Date of birth: 31/12/1985",
        "Giới tính / Sex: Nam",
        "MẪU – SPECIMEN",
    ]
    card = write(lines, size=(1011, 638), points=8, at=(60, 60), spacing=2.2)
    matrix = np.array([list(row) for row in segno.make(CARD, error="m").matrix], np.uint8)
    code = cv2.resize(255 - matrix * 255, None, fx=4, fy=4, interpolation=cv2.INTER_NEAREST)
    card[400 : 400 + code.shape[0], 780 : 780 + code.shape[1]] = code[:, :, None]
    reading = reader.read(png(card))
    assert reading.kind == "citizen_card_front"
    assert [found.text for found in reading.codes] == [CARD]
    exact = {field.key: field for field in reading.fields if field.source is Source.QR}
    assert exact["subject.full_name"].value == "Trần Văn Mẫu"
    assert exact["subject.residence"].value == "Thôn Đông, Xã Mẫu, Tỉnh Lào Cai"
    number = next(field for field in reading.fields if field.key == "subject.id_number" and field.source is Source.OCR)
    assert (number.value, number.status) == ("079085023456", Status.ACCEPTED)


def test_a_white_page_is_another_paper_without_fields(reader) -> None:
    reading = reader.read(png(np.full((3508, 2480, 3), 255, np.uint8)))
    assert (reading.kind, reading.fields, reading.text) == ("other", (), "")


@pytest.mark.parametrize(("content", "code"), [(b"", "file.empty"), (b"hello", "file.not_an_image")])
def test_what_is_no_image_is_refused(reader, content: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        reader.read(content)
    assert caught.value.code == code


def test_missing_models_are_said_at_once(tmp_path) -> None:
    with pytest.raises(ResourceError) as caught:
        Reader(tmp_path)
    assert caught.value.code == "resource.no_model"

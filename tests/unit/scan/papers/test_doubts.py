"""Why a value is for review, and what else was read: pages of words, second readers that say what they are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from station.dossier.reading import Box, Doubt, ReadField, Source, Status
from station.scan.papers.description import Papers
from station.scan.papers.extract import extract
from station.scan.papers.machine_readable import supported
from station.scan.text.engine import Line, PageText
from station.scan.text.hand import Uneven
from tests.unit.scan.papers.pages import BY_HAND, page_of

HEAD = "@800 GIẤY KHAI SINH\nSố: 12/2024\n"
TAIL = "\nNơi sinh: Xã Mẫu\nQuê quán: Xã Mẫu\nĐăng ký khai sinh tại: Xã Mẫu"


@dataclass
class Echo:
    """Two models that read what the page's read, but for words that they are told to read otherwise."""

    page: PageText
    otherwise: dict[str, tuple[str, str]] = field(default_factory=dict)
    small: bool = False
    hand: bool = False

    def lines(self, values: Sequence[Sequence[Box]]) -> Sequence[Sequence[str]]:
        return [self._reads(boxes) for boxes in values]

    def _reads(self, boxes: Sequence[Box]) -> Sequence[str]:
        text = " ".join(
            word.text
            for box in boxes
            for word in self.page.words
            if box[0] <= word.box[0] < box[2] and word.box[1] == box[1]
        )
        reads = []
        for model in (0, 1):
            read = text
            for said, others in self.otherwise.items():
                read = read.replace(said, others[model])
            reads.append(read)
        return reads

    def small_print(self, _boxes: Sequence[Box]) -> bool:
        return self.small

    def uneven(self, _values: Sequence[Sequence[Sequence[Box]]], _labels: Sequence[Sequence[Box]]) -> Uneven:
        return Uneven(0.1, 1.2) if self.hand else Uneven()

    def dark_print(self, _box: Box) -> Sequence[PageText]:
        return [self.page, self.page]


def read(
    text: str, papers: Papers, otherwise: dict[str, tuple[str, str]] | None = None, *, small: bool = False
) -> dict[str, ReadField]:
    page = page_of(HEAD + text + TAIL)
    found = extract(page, papers, Echo(page, otherwise or {}, small))
    assert found.kind == "birth_certificate"
    return {one.key: one for one in found.fields}


def test_a_value_on_which_all_agree_is_not_doubted(papers: Papers) -> None:
    name = read("Họ, chữ đệm, tên: LÊ VĂN MẪU", papers)["subject.full_name"]
    assert (name.value, name.status, name.others, name.doubt) == ("LÊ VĂN MẪU", Status.ACCEPTED, (), None)


def test_readings_that_lost_are_kept_the_better_supported_first(papers: Papers) -> None:
    text = "Ngày, tháng, năm sinh: 05/03/1990"
    born = read(text, papers, {"05/03/1990": ("06/03/1990", "05/03/1999")})["subject.birth_date"]
    assert (born.value, born.status, born.doubt) == ("1990-03-05", Status.REVIEW, Doubt.READS_DIFFER)
    assert set(born.others) == {"1990-03-06", "1999-03-05"}
    outvoted = read(text, papers, {"05/03/1990": ("06/03/1990", "06/03/1990")})["subject.birth_date"]
    assert (outvoted.value, outvoted.others) == ("1990-03-06", ("1990-03-05",))


@pytest.mark.parametrize("name", ["LÊ VĂN LÔC", "XQUANG VĂN MẪU", "LÊ THỊ KHUYỄC"])
def test_a_name_that_cannot_be_is_questioned_and_never_rewritten(papers: Papers, name: str) -> None:
    found = read(f"Họ, chữ đệm, tên: {name}", papers)["subject.full_name"]
    assert (found.value, found.status, found.doubt) == (name, Status.REVIEW, Doubt.UNKNOWN_WORD)


def test_what_is_in_small_print_is_for_a_person_but_for_closed_words(papers: Papers) -> None:
    text = "Họ, chữ đệm, tên: LÊ VĂN MẪU\nNgày, tháng, năm sinh: 05/03/1990\nGiới tính: Nam"
    fields = read(text, papers, small=True)
    for key in ("subject.full_name", "subject.birth_date"):
        assert (fields[key].status, fields[key].doubt) == (Status.REVIEW, Doubt.SMALL_PRINT)
    assert fields["subject.sex"].status is Status.ACCEPTED


def test_a_lost_nought_is_offered_and_never_set(papers: Papers) -> None:
    number = read("Số định danh cá nhân: 40198003517", papers)["subject.id_number"]
    assert (number.value, number.status, number.doubt) == ("40198003517", Status.REVIEW, Doubt.STRUCTURE)
    assert number.others == ("040198003517",)
    hanoi = read("Số định danh cá nhân: 1198003517", papers)["subject.id_number"]
    assert (hanoi.value, hanoi.others) == ("1198003517", ("001198003517",))


def test_a_number_of_no_province_is_questioned(papers: Papers) -> None:
    number = read("Số định danh cá nhân: 003198003517", papers)["subject.id_number"]
    assert (number.value, number.status, number.doubt) == ("003198003517", Status.REVIEW, Doubt.STRUCTURE)


def test_a_number_that_lost_a_figure_elsewhere_is_no_number(papers: Papers) -> None:
    assert "subject.id_number" not in read("Số định danh cá nhân: 04019800351", papers)


def test_a_word_of_no_list_is_kept_for_a_person(papers: Papers) -> None:
    people = read("Dân tộc: Rục", papers)["subject.ethnicity"]
    assert (people.value, people.status, people.doubt) == ("Rục", Status.REVIEW, Doubt.UNKNOWN_WORD)


def test_what_a_code_contradicts_says_so_and_offers_the_code_s_value() -> None:
    printed = ReadField("subject.sex", "female", "Nữ", 0.9, Status.ACCEPTED, Source.OCR)
    code = ReadField("subject.sex", "male", "Nam", 1.0, Status.ACCEPTED, Source.QR)
    (wrong,) = supported([printed], [code])
    assert (wrong.status, wrong.doubt, wrong.others) == (Status.REVIEW, Doubt.CONTRADICTED, ("male",))


def test_a_handwritten_value_has_its_place_and_no_text(papers: Papers) -> None:
    fields = read(f"Họ, chữ đệm, tên: {BY_HAND}\nDân tộc: Kinh", papers)
    name = fields["subject.full_name"]
    assert (name.value, name.printed, name.confidence) == ("", "", 0.0)
    assert (name.status, name.doubt) == (Status.REVIEW, Doubt.HANDWRITTEN)
    assert name.box is not None
    assert name.box[2] - name.box[0] == 300
    assert fields["subject.ethnicity"].status is Status.ACCEPTED


def test_nobody_fills_in_a_card_wherever_it_was_copied(papers: Papers) -> None:
    card = page_of("@800 THẺ BẢO HIỂM Y TẾ\nHọ và tên: LÊ VĂN MẪU\nNơi ĐK KCB BĐ: Trạm Y tế\nNgày sinh: 05/03/1990")
    paper = page_of(f"{HEAD}Họ, chữ đệm, tên: LÊ VĂN MẪU\nNơi sinh: Xã Mẫu")
    for clear, name in ((card, "LÊ VĂN MẪU"), (paper, "")):
        page = PageText(
            tuple(
                Line(tuple(replace(word, confidence=0.8 if word.text.isupper() else 0.9) for word in line.words))
                for line in clear.lines
            )
        )
        found = extract(page, papers, Echo(page, hand=True))
        assert {one.value for one in found.fields if one.key == "subject.full_name"} == {name}


def test_a_date_with_figures_by_hand_is_handwritten(papers: Papers) -> None:
    fields = read(f"Ngày, tháng, năm sinh: ngày {BY_HAND} tháng {BY_HAND} năm 1990", papers)
    assert (fields["subject.birth_date"].value, fields["subject.birth_date"].doubt) == ("", Doubt.HANDWRITTEN)


def test_handwriting_is_no_part_of_the_text_and_no_signer_s_name(papers: Papers) -> None:
    page = page_of(f"{HEAD}Giới tính: Nam{TAIL}\n@900 NGƯỜI KÝ GIẤY KHAI SINH\n@900 {BY_HAND}\n@900 Lê Văn Mẫu")
    found = extract(page, papers, Echo(page))
    signed = next(one for one in found.fields if one.key == "signed_by")
    assert (signed.value, signed.doubt) == ("Lê Văn Mẫu", None)
    assert "\ufffc" not in found.text()


def test_what_turns_out_to_be_handwriting_is_no_part_of_the_text_either(papers: Papers) -> None:
    page = page_of(f"{HEAD}Họ, chữ đệm, tên: Lê Văn Mẫu\nGiới tính: Nam{TAIL}")
    found = extract(page, papers, Echo(page))
    assert "Họ, chữ đệm, tên: Lê Văn Mẫu\n" in found.text()
    assert "Họ, chữ đệm, tên:\nGiới tính: Nam\n" in found.text({"subject.full_name"})


def test_a_stroke_behind_a_printed_value_makes_it_doubtful_and_does_not_take_it_away(papers: Papers) -> None:
    name = read(f"Họ, chữ đệm, tên: LÊ VĂN MẪU {BY_HAND}", papers)["subject.full_name"]
    assert (name.value, name.status, name.doubt) == ("LÊ VĂN MẪU", Status.REVIEW, Doubt.HANDWRITTEN)


def test_only_values_that_no_code_says_alike_are_read_again(papers: Papers) -> None:
    page = page_of(f"{HEAD}Giới tính: Nam\nDân tộc: Kinh{TAIL}")
    code = [
        ReadField("subject.sex", "male", "Nam", 1.0, Status.ACCEPTED, Source.QR),
        ReadField("subject.ethnicity", "Tày", "Tày", 1.0, Status.ACCEPTED, Source.QR),
    ]
    found = extract(page, papers, Echo(page), told=lambda _: code)
    reads = {one.rule.key: one.reads for one in found.weighings}
    assert reads["subject.sex"] == ("Nam",)
    assert reads["subject.ethnicity"] == ("Kinh", "Kinh", "Kinh")


def test_a_number_of_a_century_in_which_nobody_living_was_born_is_questioned(papers: Papers) -> None:
    number = read("Số định danh cá nhân: 040598003517", papers)["subject.id_number"]
    assert (number.value, number.status, number.doubt) == ("040598003517", Status.REVIEW, Doubt.STRUCTURE)


def test_where_the_models_take_a_3_for_a_5_once_less_sure_ones_are_for_a_person_too(papers: Papers) -> None:
    number, born = "Số định danh cá nhân: 040198003517", "Ngày, tháng, năm sinh: 15/01/1990"
    misread = {"040198003517": ("040198005517", "040198003517")}
    for text, otherwise, status in (
        (f"{born}\n{number}", {}, Status.ACCEPTED),
        (f"{born}\n{number}", misread, Status.REVIEW),
        (f"{born.replace('15', '16')}\n{number}", misread, Status.ACCEPTED),
    ):
        page = page_of(HEAD + text + TAIL)
        words = [replace(word, confidence=0.85) for word in page.words]
        unsure = PageText.of([Line((word,)) for word in words])
        found = extract(unsure, papers, Echo(unsure, otherwise))
        assert next(one for one in found.fields if one.key == "subject.birth_date").status is status


def test_a_word_misread_beside_a_number_is_no_doubt_of_the_number(papers: Papers) -> None:
    text = "Giấy tờ tùy thân: Căn cước số 040198004617, cấp ngày 06/01/2024"
    for otherwise, phrase, number in (
        ({}, None, None),
        ({"ngày": ("ngơi", "ngày")}, Doubt.READS_DIFFER, None),
        ({"04617": ("04817", "04617")}, Doubt.READS_DIFFER, Doubt.READS_DIFFER),
    ):
        page = page_of(f"{HEAD}Giới tính: Nam{TAIL}\nHọ, chữ đệm, tên người đi khai sinh: LÊ VĂN MẪU\n{text}")
        found = {one.key: one for one in extract(page, papers, Echo(page, otherwise)).fields}
        assert found["registrant.id_paper"].doubt is phrase
        assert (found["registrant.id_number"].value, found["registrant.id_number"].doubt) == ("040198004617", number)


def test_the_number_in_a_phrase_is_questioned_as_any_other(papers: Papers) -> None:
    text = "Giấy tờ tùy thân: Căn cước số 003198004617, cấp ngày 06/01/2024"
    page = page_of(f"{HEAD}Giới tính: Nam{TAIL}\nHọ, chữ đệm, tên người đi khai sinh: LÊ VĂN MẪU\n{text}")
    found = {one.key: one for one in extract(page, papers, Echo(page)).fields}
    assert (found["registrant.id_paper"].doubt, found["registrant.id_number"].doubt) == (None, Doubt.STRUCTURE)

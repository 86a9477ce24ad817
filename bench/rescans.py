"""Forms filled in for one person, for a sibling and for somebody else, and scanned again and again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from tools.specimens import cards, civil_status, residence
from tools.specimens.civil_status import Birth
from tools.specimens.ink import Specimen
from tools.specimens.people import Person
from tools.specimens.varied import damage, facts

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Pair:
    """Two images as files: the same page twice, or one form filled in for two people, who may be `near`: of one
    family, registered at one office on one day."""

    form: str
    relation: str
    one: bytes
    other: bytes


def pairs(seed: int) -> Iterator[Pair]:
    """Nine forms, three pairs of each."""
    dice = random.Random(seed)  # noqa: S311, the same pairs each time
    mother, father, child = family(dice)
    office, signer, day = facts.place(dice).office, facts.person(dice).name, facts.day(dice, 2024, 2025)
    filled = dict(forms(mother, father, child, office, signer, f"{dice.randint(10, 99)}/2024"))
    sisters = sibling(mother, facts.GIVEN_F, dice), sibling(child, facts.GIVEN, dice)
    near = dict(forms(sisters[0], father, sisters[1], office, signer, f"{dice.randint(10, 99)}/2024"))
    strangers = family(dice)
    other = dict(forms(*strangers, facts.place(dice).office, facts.person(dice).name, f"{day.day}/2023"))
    for form, specimen in filled.items():
        one = scanned(specimen, dice)
        yield Pair(form, "same", one, scanned(specimen, dice))
        yield Pair(form, "near", one, scanned(near[form], dice))
        yield Pair(form, "other", one, scanned(other[form], dice))


def family(dice: random.Random) -> tuple[Person, Person, Person]:
    return (
        facts.person(dice, 1980, 1999, "female"),
        facts.person(dice, 1980, 1999, "male"),
        facts.person(dice, 2015, 2024),
    )


def sibling(person: Person, given: list[str], dice: random.Random) -> Person:
    """Somebody with the same address, family name and year of birth."""
    return replace(
        person,
        name=" ".join([*person.name.split()[:-1], dice.choice(given)]),
        id_number=person.id_number[:8] + f"{dice.randint(0, 9999):04}",
        birth_date=person.birth_date.replace(day=dice.randint(1, 28)),
    )


def forms(
    mother: Person, father: Person, child: Person, office: str, signer: str, number: str
) -> Iterator[tuple[str, Specimen]]:
    day = child.birth_date
    place = f"Bệnh viện {mother.origin}"
    birth = Birth(child, mother, father, place, number, office, day, signer)
    heading = ("ỦY BAN NHÂN DÂN", "XÃ MẪU")
    yield "birth certificate", civil_status.birth_certificate(birth, father)
    yield "birth form", civil_status.birth_registration_form(birth, office, mother, "Mẹ đẻ", "Mẫu", day, 2)
    yield "birth extract", civil_status.birth_extract(birth, heading, number, "Mẫu", day, signer)
    yield "marriage", civil_status.marriage_certificate(number, mother, father, office, day, signer)
    single, purpose = "Hiện tại chưa đăng ký kết hôn với ai", "Đăng ký kết hôn"
    yield (
        "marital status",
        civil_status.marital_status_certificate(heading, number, "Mẫu", day, mother, single, purpose, signer),
    )
    members = [(child, "Con đẻ")]
    yield "CT01", residence.residence_form(office, "Mẫu", day, mother, father, "Vợ", "Xác nhận cư trú", members)
    yield "citizen card", cards.citizen_card_front(child)
    yield "identity card", cards.identity_card_front(child)
    yield "identity card back", cards.identity_card_back(child)


def scanned(specimen: Specimen, dice: random.Random) -> bytes:
    """Leaning to ±3°, moved, 200 or 300 dpi, lighter or darker, soft, grainy, JPEG."""
    sheet = damage.rotated(np.asarray(specimen.image.convert("RGB")), dice.uniform(-3, 3), dice.choice((250, 243, 236)))
    height, width = sheet.shape[:2]
    moved = np.array([[1, 0, dice.uniform(-0.015, 0.015) * width], [0, 1, dice.uniform(-0.015, 0.015) * height]])
    sheet = cv2.warpAffine(sheet, moved, (width, height), borderValue=(247, 247, 247))
    dpi = dice.choice((200, 300))
    image = damage.resized(sheet, dpi).astype(np.float32) * dice.uniform(0.75, 1.0)
    if dice.random() < 0.3:
        image *= np.linspace(dice.uniform(0.7, 0.9), 1, image.shape[1], dtype=np.float32)[None, :, None]
    grain = np.random.default_rng(dice.getrandbits(30)).normal(0, dice.uniform(1, 5), image.shape[:2])[..., None]
    soft = cv2.GaussianBlur(np.clip(image + grain, 0, 255).astype(np.uint8), (0, 0), dice.uniform(0.3, 1.1) * dpi / 300)
    quality = [cv2.IMWRITE_JPEG_QUALITY, dice.choice((50, 65, 80, 92))]
    return cv2.imencode(".jpg", soft[:, :, ::-1], quality)[1].tobytes()

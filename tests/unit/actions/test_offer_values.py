"""What the officer is offered for a value, and what not."""

from __future__ import annotations

from dataclasses import replace

from station import paths
from station.actions.offer_values import Offers, OfferValues
from station.dossier.entry import Entry
from station.dossier.reading import ReadField, Source, Status
from station.gazetteer import load_gazetteer

GAZETTEER = load_gazetteer(paths.resources() / "units")
OFFER = OfferValues(lambda: GAZETTEER)
OLD = "Ấp 1, xã Tân Thạnh, huyện Thới Lai, thành phố Cần Thơ"
NEW = "Ấp 1, xã Trường Thành, thành phố Cần Thơ"


def entry(key: str, value: str, others: tuple[str, ...] = (), status: Status = Status.REVIEW) -> Entry:
    read = ReadField(key, value, value, 0.6, status, Source.OCR, others=others)
    return Entry(id=f"p/{key}", key=key, value=value, page_id="p", readings=(read,))


def test_a_residence_on_old_units_is_offered_in_todays() -> None:
    assert OFFER(entry("owner.residence", OLD)) == Offers(today=(NEW,))
    assert OFFER(entry("address", OLD, status=Status.ACCEPTED)) == Offers(today=(NEW,))
    assert OFFER(entry("owner.residence", NEW)) == Offers()


def test_where_somebody_was_born_stays_as_it_was_written() -> None:
    assert OFFER(entry("subject.place_of_origin", OLD)) == Offers()
    assert OFFER(entry("registered_at", f"Ủy ban nhân dân {OLD}")) == Offers()


def test_values_that_lost_are_offered_while_the_value_is_doubted() -> None:
    doubted = entry("owner.full_name", "LÊ VĂN MÂU", ("LÊ VĂN MẪU", "LÊ VĂN MẤU", "Lê Văn Mâu", "LÊ VĂN MAU", "LÊ MẪU"))
    assert OFFER(doubted).perhaps == ("LÊ VĂN MẪU", "LÊ VĂN MẤU", "LÊ VĂN MAU")
    assert OFFER(replace(doubted, checked_by="canbo.mau")) == Offers()
    assert OFFER(entry("number", "1", ("7",), Status.ACCEPTED)) == Offers()


def test_a_value_that_was_added_by_hand_has_no_readings_to_offer() -> None:
    assert OFFER(Entry(id="p/number", key="number", value="12")) == Offers()

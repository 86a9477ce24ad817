"""What scanners say they offer, in the words of several drivers, and what is asked of them."""

from __future__ import annotations

import pytest

from station.dossier.capture import ScanJob
from station.errors import DeviceError
from station.scan.devices.sane_options import SaneOptions

AIRSCAN = """
All options specific to device `airscan:e0:Lab Scanner':
  Standard:
    --resolution 75|100|200|300dpi [300]
        Sets the resolution of the scanned image.
    --mode Color|Gray [Color]
        Selects the scan mode (e.g., lineart, monochrome, or color).
    --source Flatbed|ADF|ADF Duplex [Flatbed]
        Selects the scan source (such as a document-feeder).
  Geometry:
    -l 0..215.9mm (in steps of 1) [0]
    -t 0..297.011mm (in steps of 1) [0]
    -x 0..215.9mm (in steps of 1) [215.9]
    -y 0..297.011mm (in steps of 1) [297.011]
  Enhancement:
    --brightness -100..100% (in steps of 1) [0]
"""
FEED_ONLY = """
    --source ADF Front|ADF Back|ADF Duplex [ADF Front] [advanced]
    --mode Lineart|Halftone|24bit Color|True Gray [Lineart]
    --depth 8|16bit [inactive]
    --resolution 50..600dpi (in steps of 1) [600]
    -x 0..221.121mm (in steps of 0.0211639) [215.872]
    -y 0..150mm (in steps of 0.0211639) [150]
"""


def test_the_kinds_of_source_are_found_in_the_drivers_own_words() -> None:
    assert SaneOptions.parse(AIRSCAN).kinds() == ("flatbed", "adf", "duplex")
    assert SaneOptions.parse(FEED_ONLY).kinds() == ("adf", "duplex")
    assert SaneOptions.parse("nothing at all").kinds() == ("flatbed",)


def test_a_colour_page_is_asked_for_in_a4_at_the_resolution_wanted() -> None:
    arguments, resolution = SaneOptions.parse(AIRSCAN).arguments(ScanJob("x", "adf", 300))
    assert " ".join(arguments) == "--source ADF --mode Color --resolution 300 -l 0 -t 0 -x 210 -y 297"
    assert resolution == 300


def test_no_more_is_asked_than_the_scanner_has() -> None:
    arguments, resolution = SaneOptions.parse(FEED_ONLY).arguments(ScanJob("x", "adf", 1200, colour=False))
    assert " ".join(arguments) == "--source ADF Front --mode True Gray --resolution 600 -l 0 -t 0 -x 210 -y 150"
    assert resolution == 600


@pytest.mark.parametrize(("wanted", "given"), [(75, 75), (150, 200), (250, 300), (600, 300)])
def test_the_next_better_resolution_is_taken(wanted: int, given: int) -> None:
    assert SaneOptions.parse(AIRSCAN).arguments(ScanJob("x", "flatbed", wanted))[1] == given


def test_a_feeder_that_is_not_there_is_never_replaced_by_the_flatbed() -> None:
    flatbed_only = SaneOptions.parse("    --source Flatbed [Flatbed]")
    with pytest.raises(DeviceError, match=r"device\.unsupported"):
        flatbed_only.arguments(ScanJob("x", "adf"))
    with pytest.raises(DeviceError, match=r"device\.unsupported"):
        SaneOptions.parse("").arguments(ScanJob("x", "adf"))

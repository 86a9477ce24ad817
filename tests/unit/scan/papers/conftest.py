"""The shipped descriptions, and pages of invented text as fixtures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from station import paths
from station.scan.papers.description import Papers
from station.scan.papers.folder import load_papers
from station.scan.text.engine import PageText
from tests.unit.scan.papers.pages import page_of


@pytest.fixture(scope="session")
def papers() -> Papers:
    return load_papers(paths.resources() / "papers")


@pytest.fixture(scope="session")
def page() -> Callable[[str], PageText]:
    return page_of

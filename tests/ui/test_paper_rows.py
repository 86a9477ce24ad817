"""The list of papers: what everybody brings stands first."""

from __future__ import annotations

from station import paths
from station.catalogue.procedures import Procedures
from station.language import Language
from station.ui.counter.paper_rows import paper_rows
from tests.ui.desk import KINDS


def test_what_is_needed_only_sometimes_stands_last(language: Language) -> None:
    for procedure in Procedures(paths.resources() / "procedures", KINDS).all():
        rows = paper_rows(language, procedure)
        required = {paper.key for paper in procedure.papers if paper.required}
        order = [row.data in required for row in rows if not row.heading]
        assert order == sorted(order, reverse=True)
        assert {row.data for row in rows if not row.heading} == {paper.key for paper in procedure.papers}

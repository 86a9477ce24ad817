"""The officer joins pages and splits papers; the trail says who did, and the hub is told what was sealed."""

from __future__ import annotations

import pytest

from station.dossier.grouping import papers
from station.errors import RuleError

from .conftest import OFFICER, CommitRefusedError, Counter, commits_refused, reading


def test_what_the_officer_says_of_two_pages_is_kept_and_written_down(counter: Counter) -> None:
    dossier = counter.identified()
    one, other = (counter.page(dossier, content, reading(kind="residence_form")) for content in (b"one", b"other"))
    joined = counter.join_pages(dossier.id, other.id, one.id, OFFICER)
    assert [len(paper.pages) for paper in papers(joined)] == [2]
    assert counter.get(dossier) == joined
    split = counter.split_paper(dossier.id, other.id, OFFICER)
    assert [len(paper.pages) for paper in papers(split)] == [1, 1]
    assert counter.get(dossier).page(other.id).goes_with_set_by == OFFICER
    told = {entry.deed: entry.detail for entry in counter.store.audit.entries(dossier.id)}
    assert told["join_pages"] == {"page": other.id, "with_page": one.id}
    assert told["split_paper"] == {"page": other.id}


def test_a_join_that_cannot_be_kept_leaves_the_papers_as_they_were(counter: Counter) -> None:
    dossier = counter.identified()
    one, other = (counter.page(dossier, content, reading(kind="birth_notice")) for content in (b"one", b"other"))
    before = counter.get(dossier)
    with commits_refused(), pytest.raises(CommitRefusedError):
        counter.join_pages(dossier.id, other.id, one.id, OFFICER)
    with pytest.raises(RuleError, match=r"dossier\.same_page"):
        counter.join_pages(dossier.id, one.id, one.id, OFFICER)
    assert counter.get(dossier) == before
    assert "join_pages" not in counter.deeds(dossier)


def test_the_papers_of_a_sealed_dossier_are_settled_and_told_to_the_hub(counter: Counter) -> None:
    dossier = counter.ready()
    one, other = (counter.page(dossier, content, reading(kind="birth_notice")) for content in (b"one", b"other"))
    counter.join_pages(dossier.id, other.id, one.id, OFFICER)
    sealed = counter.seal(dossier.id, OFFICER, despite_warnings=True)
    assert [page.goes_with for page in sealed.pages] == [one.id, one.id]
    assert [page.goes_with_set_by for page in sealed.pages] == [None, OFFICER]
    (event,) = counter.store.outbox.pending()
    assert [page["paper"] for page in event.body["pages"]] == [1, 1]
    with pytest.raises(RuleError, match=r"dossier\.not_open"):
        counter.split_paper(dossier.id, other.id, OFFICER)

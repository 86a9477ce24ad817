"""A page is judged before it is read: what spoils its image, how many papers lie on it, whether it was here before."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable

from station.actions.change import Change
from station.actions.ports.dossiers import Pages
from station.actions.ports.papers import PageGate
from station.actions.read_page import CLOSED, MACHINE
from station.dossier.dossier import Dossier
from station.dossier.images import comparable, judged, resembling
from station.dossier.judgement import Judgement
from station.dossier.page import Page
from station.errors import StationError, StoreError

log = logging.getLogger(__name__)


class JudgePage:
    def __init__(self, change: Change, pages: Pages, gate: PageGate) -> None:
        self._change, self._pages, self._gate = change, pages, gate

    def __call__(
        self,
        dossier_id: str,
        page_id: str,
        sha256: str,
        done: Callable[[Dossier | None], None],
        failed: Callable[[StoreError], None],
    ) -> None:
        """Returns at once. `done` gets the dossier with the verdict, from another thread: the page may be read now.

        None where the gate could say nothing: the reader will tell why. Where the page shows the same as an earlier
        one, `done` is called a second time. `failed` and what is dropped: as in `ReadPage`.
        """

        def hear(result: Judgement | StationError) -> None:
            if isinstance(result, Judgement):
                self._keeping(lambda: self._heard(dossier_id, page_id, result, done, failed), failed)
            elif result.code != CLOSED:
                log.warning("page %s was not judged: %s", page_id, result.code)
                done(None)

        try:
            content = self._pages.read(sha256)
        except StationError as error:
            hear(error)
            return
        self._gate.judge(content, hear)

    def _heard(
        self,
        dossier_id: str,
        page_id: str,
        judgement: Judgement,
        done: Callable[[Dossier | None], None],
        failed: Callable[[StoreError], None],
    ) -> None:
        new_ids = [uuid.uuid4().hex for _ in judgement.papers[1:]]
        dossier = self._change(
            dossier_id,
            "judge_page",
            MACHINE,
            lambda dossier: judged(dossier, page_id, judgement, new_ids),
            page=page_id,
            issues=",".join(issue.code for issue in judgement.issues),
            papers=len(judgement.papers),
        )
        done(dossier)
        page = dossier.page(page_id)
        earlier = comparable(dossier, page)
        if earlier:
            prints = [one.fingerprint for one in earlier]

            def compared(place: int | StationError | None) -> None:
                if isinstance(place, int) and 0 <= place < len(earlier):
                    self._keeping(lambda: done(self._resembles(dossier_id, page_id, earlier[place])), failed)

            self._gate.find_same(page.fingerprint, prints, compared)

    def _resembles(self, dossier_id: str, page_id: str, other: Page) -> Dossier:
        return self._change(
            dossier_id,
            "judge_page",
            MACHINE,
            lambda dossier: resembling(dossier, page_id, other.id),
            page=page_id,
            same_as=other.id,
        )

    @staticmethod
    def _keeping(deed: Callable[[], None], failed: Callable[[StoreError], None]) -> None:
        try:
            deed()
        except StoreError as error:
            failed(error)
        except StationError as error:
            log.info("what the gate said is dropped: %s", error.code)

"""The citizen signs on the second screen: the drawing is kept as a page image, beside what it was signed under."""

from __future__ import annotations

import secrets
from dataclasses import replace

from station.actions.change import Change
from station.actions.confirm_by_citizen import CITIZEN
from station.actions.ports.dossiers import Pages
from station.dossier.dossier import Dossier
from station.dossier.service import Showing, Signature
from station.dossier.showing import SALT, Shown, canonical, showing_digest

SIGNED = "signed"


class SignOnScreen:
    def __init__(self, change: Change, pages: Pages) -> None:
        self._change, self._pages = change, pages

    def __call__(self, dossier_id: str, png: bytes, shown: Shown) -> Dossier:
        """The image is durable before the dossier refers to it. A second signature takes the place of the first."""
        shown = replace(shown, salt=secrets.token_hex(SALT))
        sha256, now, digest = self._pages.keep(png, dossier_id), self._change.clock.now(), showing_digest(shown)

        def sign(dossier: Dossier) -> Dossier:
            dossier.must_be_open()
            showing = Showing(shown.screen, now, (), digest, SIGNED, canonical(shown))
            signature = Signature(sha256, len(png), digest, now)
            return replace(dossier, signature=signature, showings=(*dossier.showings, showing))

        return self._change(dossier_id, "sign_on_screen", CITIZEN, sign, digest=digest, image=sha256)

    def undo(self, dossier_id: str, by: str) -> Dossier:
        """Take the signature away, as before it was asked for; what was shown stays on record."""

        def unsign(dossier: Dossier) -> Dossier:
            dossier.must_be_open()
            return replace(dossier, signature=None)

        return self._change(dossier_id, "remove_signature", by, unsign)

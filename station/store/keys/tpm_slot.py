"""The slot that this machine opens by itself: the private half sealed by its TPM 2.0 to the state of Secure Boot.

Optional: for a counter that starts without a login of its own. Who starts the machine unchanged opens the store;
signing in is asked all the same.
"""

from __future__ import annotations

import base64
import logging

from station.dossier.key_slot import TPM
from station.errors import StoreError
from station.store.keys import slots, tpm_tools
from station.store.keys.derived import Keys
from station.store.keys.slots import Slot
from station.store.keys.tpm_tools import TpmError

log = logging.getLogger(__name__)


def seal(keys: Keys) -> Slot:
    """A slot for `keys.json`; raises `StoreError("keys.no_tpm")` where it could not be opened again."""
    identity, recipient = slots.new_identity()
    try:
        if not tpm_tools.installed():
            raise StoreError("keys.no_tpm")
        public, private = tpm_tools.seal(identity)
        if tpm_tools.unseal(public, private) != identity:
            raise StoreError("keys.no_tpm")
    except TpmError as error:
        raise StoreError("keys.no_tpm") from error
    parts = {"public": base64.b64encode(public).decode(), "private": base64.b64encode(private).decode()}
    return slots.seal({"kind": TPM, "recipient": recipient, **parts}, keys)


def unseal(slot: Slot) -> Keys | None:
    """None where there is no TPM, another one, or the machine was started in another way."""
    try:
        if not tpm_tools.installed():
            return None
        parts = (base64.b64decode(str(slot[name])) for name in ("public", "private"))
        return slots.unseal(slot, tpm_tools.unseal(*parts))
    except (TpmError, StoreError, KeyError, ValueError) as error:
        log.warning("the TPM does not open the keys: %s", type(error).__name__)
        return None

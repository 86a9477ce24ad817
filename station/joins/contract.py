"""Joins the hub's rules to the store: no event is written that the hub would refuse."""

from __future__ import annotations

import json
from pathlib import Path

from station.dossier.contract_rules import ContractRules
from station.dossier.delivery import OutboxEvent
from station.errors import RuleError
from station.store.dossiers import Dossiers


def keep_to_the_contract(dossiers: Dossiers, schemas: Path) -> None:
    """`schemas` is the folder of the contract's own; what breaks them is `dossier.not_for_hub` for the officer."""
    rules = ContractRules({file.name: json.loads(file.read_text("utf-8")) for file in schemas.glob("*.schema.json")})

    def may_tell(event: OutboxEvent) -> None:
        fault = rules.fault(event.members())
        if fault is not None:
            raise RuleError("dossier.not_for_hub", place=fault)

    dossiers.ask_before_telling(may_tell)

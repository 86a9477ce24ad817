"""The deeds of trust at one counter, joined: who works here and what they may, and what «Quản trị máy» can do."""

from __future__ import annotations

from dataclasses import dataclass

from station.actions.attendance import Attendance
from station.actions.change_keys import ChangeKeys
from station.actions.change_people import ChangePeople
from station.actions.enrol import Enrol
from station.actions.four_eyes import FourEyes
from station.actions.permits import RolePermits
from station.actions.read_trail import ReadTrail
from station.actions.sign_in import SignIn


@dataclass(frozen=True, slots=True)
class TrustDesk:
    """Who sits here; what they may; how they sign in, vouch for each other, and change who may."""

    attendance: Attendance
    permits: RolePermits
    sign_in: SignIn
    four_eyes: FourEyes
    people: ChangePeople
    enrol: Enrol
    trail: ReadTrail
    keys: ChangeKeys

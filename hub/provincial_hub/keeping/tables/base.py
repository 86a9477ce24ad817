"""What the tables of all subjects belong to, and the kind of number that both engines count with."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, MetaData

# Numbers of events go up to 2^53; SQLite knows one kind of integer, and counts rows only with that one's name.
Number = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData()

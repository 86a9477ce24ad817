"""What to do next and what an answer means: the sync room's rules as pure functions.

`choose(state, now)` names the next request; `learn(state, request, outcome, now, chance)` returns the new state and
what the ledger must keep. No network, clock, file or chance in here: all of them come in as values.

* The facts first, oldest first: a new event goes before the pages of older ones, between two bodies. An event goes
  after the earlier ones of its dossier.
* Then, on a thin or metered line, a preview of each page that the hub misses; then the pages, the nearest deadline
  first.
* The hub's `need_pages` says which pages to send; after the last one the event is told again, for the receipt.
* Trouble with the link (no network, a busy hub) pauses everything; trouble with one event holds only that event.
* Whoever failed `PATIENCE` times in a row without moving a byte steps behind all others, and a batch that fails is
  halved, down to one event: so nothing that breaks the hub or the line can block the rest.
"""

from station.sync.planner.choosing import choose
from station.sync.planner.learning import learn
from station.sync.planner.listing import go_offline, item_of, relist, wake

__all__ = ["choose", "go_offline", "item_of", "learn", "relist", "wake"]

"""What every test of the station is run under."""

from __future__ import annotations

import os

from hypothesis import settings

# Windows are drawn, not shown; a test that wants a display makes itself one.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# How long one example takes says more about what else the machine does than about the code.
settings.register_profile("any-machine", deadline=None)
settings.load_profile("any-machine")

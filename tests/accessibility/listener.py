"""What a screen reader hears of one process: every node that is showing, over AT-SPI, as JSON lines on stdout.

Runs on the system's own Python, which has the AT-SPI binding: `python3 listener.py PID`.
"""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402 -- the version first

STATES = ("FOCUSABLE", "FOCUSED", "ENABLED", "SENSITIVE", "CHECKABLE", "CHECKED", "SELECTED", "EDITABLE", "EXPANDED")
DEEPEST = 40


def hear(node, window, depth=0):
    """This node and all below it that are showing."""
    states = node.get_state_set()
    if not states.contains(Atspi.StateType.SHOWING) and depth > 1:
        return
    print(
        json.dumps(
            {
                "window": window,
                "role": node.get_role_name(),
                "name": node.get_name() or "",
                "description": node.get_description() or "",
                "states": [name.lower() for name in STATES if states.contains(getattr(Atspi.StateType, name))],
            },
            ensure_ascii=False,
        )
    )
    if depth < DEEPEST:
        for number in range(node.get_child_count()):
            child = node.get_child_at_index(number)
            if child is not None:
                hear(child, window, depth + 1)


def main():
    pid = int(sys.argv[1])
    desktop = Atspi.get_desktop(0)
    for number in range(desktop.get_child_count()):
        program = desktop.get_child_at_index(number)
        if program is not None and program.get_process_id() == pid:
            for place in range(program.get_child_count()):
                window = program.get_child_at_index(place)
                if window is not None:
                    hear(window, window.get_name() or f"window {place}")
            return 0
    print(f"no program {pid} on the accessibility bus", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

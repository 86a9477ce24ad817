"""A bad line on one machine: a network namespace, a TUN device at each end, and a program between them.

Linux, as root. `tc netem` is not in every kernel; this is what it would do, and resets beside it.
"""

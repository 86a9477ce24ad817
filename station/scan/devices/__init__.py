"""Where page images come from: one file per way of getting one, and `sources.py`, which joins them."""

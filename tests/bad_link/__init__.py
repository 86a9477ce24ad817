"""Whole stations behind a bad line: what arrives, how often, how long it takes and how many bytes it costs."""

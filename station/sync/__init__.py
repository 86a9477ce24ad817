"""Telling the hub: a pure planner, a thin loop, and the client of contract/v1."""

"""Fuzzing of every parser of outside data: `make fuzz SECONDS=600`."""

"""Parcels that stations send on a USB stick, taken in as if they came over the line (contract/v1, «Courier»)."""

"""Events and pages without a line: parcels on a USB stick, and the hub's answers (contract/v1, «Courier»)."""

"""The audit trail (nhật ký), whom it names, and the times that it knows are past."""

"""Telling the province's own systems what happened: messages, targets, and the relay between the two."""

"""Keeping what was received: the database of events and the page images, both durable before anyone is told."""

"""Shows and asks, decides nothing."""

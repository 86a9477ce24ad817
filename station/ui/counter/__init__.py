"""The officer's screen."""

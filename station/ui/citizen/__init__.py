"""The citizen's screen."""

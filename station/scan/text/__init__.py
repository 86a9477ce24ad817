"""Text engines behind one protocol."""

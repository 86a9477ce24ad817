"""Papers drawn as nobody tuned for: other fonts, wordings, layouts and damage, to see whether reading holds."""

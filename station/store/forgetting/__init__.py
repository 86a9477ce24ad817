"""Letting go of dossiers whose time is over, and keeping those that are held."""

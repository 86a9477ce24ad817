"""Keeping it here: the encrypted database, page files and their keys."""

"""Dossiers as rows: written, read again, listed, searched."""

"""How the real parts of one room of deeds are joined, a module a room; `station/app.py` calls them in order."""

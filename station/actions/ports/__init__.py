"""The outside world, as the deeds see it: protocols only. `station/app.py` joins the real parts."""

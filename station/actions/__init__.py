"""What an officer or a citizen can do at the counter: one file per deed; `ports.py` is the world outside."""

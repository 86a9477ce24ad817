"""What an officer or a citizen can do at the counter: one file per deed; `ports` is the world outside."""

"""Is everything there and whole? Counting, looking, repairing, and a little room in reserve."""

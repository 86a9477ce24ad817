"""The digital station (trạm số): the program at the counter."""

"""Arrays in, arrays out: what is done to a page image before its text is read."""

"""One file per way of getting a page; each driver runs in a child process."""

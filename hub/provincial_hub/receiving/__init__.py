"""The rules of receiving, as pure functions: what an event or a page gets for an answer. No files, SQL or network."""

"""The words of the command line, one file a word: `add` gives the parser its word, the rest runs it."""

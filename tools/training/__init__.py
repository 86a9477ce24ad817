"""Training of the network that the reader ships: the line finder. Not part of the program."""

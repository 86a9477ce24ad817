"""The words of the command line that more than one line of code stands behind, by what they are about."""

"""What becomes of a dossier after it was received: corrections and their merging, questions, codes, states, deeds."""

"""How the line reader is trained: Tesseract's script model for Vietnamese, tuned on lines cut as the station cuts."""

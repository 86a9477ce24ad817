"""Data of `resources/` made into values: procedures and the working-day calendar, checked as they load."""

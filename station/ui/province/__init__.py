"""What lies between this counter and the province: what waits and why, questions, dossiers that came back."""

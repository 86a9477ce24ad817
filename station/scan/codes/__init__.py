"""Machine-readable codes: QR and the MRZ of cards."""

"""What we keep: the dossier (hồ sơ), its values and its rules. No Qt, SQL, files, network or clock in here."""

"""Programs that prepare what the project needs: models, specimens. None of them ships with the station."""

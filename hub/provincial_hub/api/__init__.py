"""The contract over HTTP: reads requests, asks the reception, writes answers. Decides nothing about dossiers."""

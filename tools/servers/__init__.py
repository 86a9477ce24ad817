"""Real servers for tests and measurements, each started on this machine in a folder of its own and gone afterwards."""

"""The page for supervisors and IT: server-rendered, without a script, in the same program as the hub."""

"""«Quản trị máy»: what supervisors and IT do at the counter."""

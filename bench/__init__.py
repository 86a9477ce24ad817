"""One script per question; each prints figures beside a peer of the same run."""

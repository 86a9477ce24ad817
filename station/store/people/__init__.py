"""Who may work at this station, and what opens the store for each of them."""

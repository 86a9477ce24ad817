"""Parts that both screens use."""

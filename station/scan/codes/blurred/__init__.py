"""Reading a QR symbol so blurred that its modules run together, by solving for what was blurred."""

"""Which paper is this, where are its values, how far to trust them."""

"""Paper and cards into values: devices, images, codes, text, papers, and the reader that joins them."""

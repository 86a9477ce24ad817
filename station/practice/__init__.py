"""Practice mode (chế độ thực hành): invented citizens, a virtual tray and a local hub."""

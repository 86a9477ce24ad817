"""The provincial hub (máy chủ tỉnh): accepts, verifies, keeps and acknowledges what stations send."""

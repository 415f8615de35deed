"""Plain functions that make what a test needs; nothing random unless a seed is handed in."""

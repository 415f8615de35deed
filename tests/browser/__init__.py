"""A real browser, and axe in it: whether everybody can use what it shows."""

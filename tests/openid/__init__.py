"""OpenID providers for tests: a real one run by Node.js, and one whose every word is chosen."""

"""Providers and what becomes of them."""

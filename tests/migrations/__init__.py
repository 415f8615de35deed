"""The schema: up and down, who may do what."""

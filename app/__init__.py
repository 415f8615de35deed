"""The national register of non-school alternative provision in England.

Slices are named for the field and import downwards only; `pyproject.toml` holds the order and
`docs/architecture.md` the tour.
"""

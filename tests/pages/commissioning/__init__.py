"""Pages on which children are placed, and followed up, as browsers see them."""

"""The pages of oversight, as browsers see them."""

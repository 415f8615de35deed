"""A commissioner's own checks of a site: made once, and used for every child it places there."""

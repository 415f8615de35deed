"""HTTP plumbing, through whole applications and no server."""

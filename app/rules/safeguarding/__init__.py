"""What keeps a placed child safe: what is asked of whom, and when a placement stands how."""

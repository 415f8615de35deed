"""Who is committed where: which commissioners have children at which site, and when."""

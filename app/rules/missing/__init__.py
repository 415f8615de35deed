"""Children who went to nobody knows where: whose they are to look for, and how often."""

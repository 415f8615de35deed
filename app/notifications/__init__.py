"""What is sent to people. A message carries a link to sign in, never a fact about a child.

May import every slice below it; nothing imports it but the table of handlers.
"""

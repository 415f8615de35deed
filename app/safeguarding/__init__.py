"""How each placed child is kept safe: who answers for it at every moment."""

"""Children who went to nobody knows where: who looks, and whether all are accounted for."""

"""Following children whose destination is not known, and counting whether all are accounted for."""

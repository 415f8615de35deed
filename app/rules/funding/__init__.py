"""Who commissions and who pays, by the route on which a child comes to alternative provision."""

"""Puts questions to the law and its answers together; shared by the router and the pages."""

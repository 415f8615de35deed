"""Clients that other people's tools write from the OpenAPI document, walking over the register."""

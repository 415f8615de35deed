"""The register's log: one numbered, append-only entry for every change of a public record.

Words: an *entry* is numbered without gaps and carries the *leaf* hash that proofs are built from;
its *body* is the canonical record with the salt that hides it, kept apart so that a wrongly
published one can become a *tombstone* while every proof still holds; the *head* is the newest
entry. Only the publisher role appends.
"""

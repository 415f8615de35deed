"""The public register: composing a provider's record, publishing it, searching what is published.

Words: a *record* is everything public about one provider; *publishing* appends it to the ledger
when it differs from the last one, and *projects* it into the read model (`register_*` tables) in
the same transaction. The public reads the read model alone, as a role that can see nothing else.
"""

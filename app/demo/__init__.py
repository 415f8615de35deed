"""The demonstration: an invented register, the same for the same number and seed.

Words: a *plan* is everything that is to be in it, decided before anything is written; a *happening*
is one act of the plan with the moment it is to have happened at: a provider is recorded, moves to
another status, changes its name, is inspected, appeals, or has evidence that grows too old. Every
provider, name, address, identifier and date is made up; only local authorities, postcode districts,
the standards and the kinds of provision are real. People are those of `people`, plainly nobody.
"""

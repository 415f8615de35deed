"""Providers of non-school alternative provision, their sites and what they offer there.

Words: a *provider* is the organisation, known by its number for ever; a *site* is one place (or
way) it works at; an *offer* is a programme at a site, for some ages and needs. A provider that is
only *known* stands on some local authority's list and has been assessed by nobody: it is not
public. Changes are announced as `ProviderChanged`; `register` publishes them in the same
transaction.
"""

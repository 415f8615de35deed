"""HTTP plumbing: how requests are bounded, refused, counted and answered. No domain.

`wiring.install` puts all of it on an application. May import only `db` and the layer of
`errors`, `config`, `log` and their neighbours; every slice's router and page stands on it.
"""

"""What must happen after a change is committed: jobs, written in the change's own transaction.

A job names a handler and carries identifiers, never facts about a child. Its database effects
happen exactly once; what leaves the database (mail) may leave twice, under the same id. May import
http and below.
"""

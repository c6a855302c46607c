"""Who people are: accounts, their roles for agencies and the site, passwords, sessions, API tokens.

    account = catalog.people.add(SYSTEM, "aigul@example.kz", "Aigul", password="…")
    catalog.people.give(SYSTEM, account.email, "water-agency", Role.EDITOR)
    visit = catalog.signing_in.by_password("aigul@example.kz", "…", Caller(network="192.0.2.0/24"))
    actor = catalog.sessions.actor(visit.secret)               # None once it ended
    shown_once = catalog.tokens.make(actor, "nightly upload", ["dataset:edit"], days=90)
    actor = catalog.tokens.actor(shown_once.secret)            # raises Unauthenticated

What somebody may do is looked up with every request, never kept in a cookie or a token.
"""

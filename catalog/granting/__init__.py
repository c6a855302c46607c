"""Access on request: people ask for the files of a dataset, its agency answers, a grant says for what and until when.

    asked = catalog.requests.ask(actor, "wells", {"purpose": "…", "organisation": "…", "until": "2027-06-30", "terms": "yes"})
    grant = catalog.granting.approve(publisher, asked.id, until="2027-06-30", because="A study of the university")
    catalog.granting.revoke(publisher, grant.id, "The project ended")      # holds from the next request on

Grants are read with the account at every request and never kept in sessions or tokens; see `catalog/access/rules/grant.py`.
"""

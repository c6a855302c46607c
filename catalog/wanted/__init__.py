"""Data that people miss: a public board of requests, votes for them, and what the agencies answer.

    made = catalog.wanted.ask(actor, {"title": "Prices of heating by month", "purpose": "…", "agency": "energy"})
    catalog.wanted.vote(another, made.id)
    catalog.answering.answer(editor, made.id, {"state": "promised", "due": "2027-03-31"})

Everybody reads the board. It never tells who asked or voted, and never of an agency or dataset that its reader may not see.
"""

"""What agencies prepare before it is public: drafts, their files, review, schedule.

    draft = catalog.drafts.start(actor, "water-agency", {"title": {"en": "Wells"}})
    draft = catalog.drafts.save(actor, draft.id, draft.revision, {"keyword": {"en": ["water"]}})
    draft = catalog.draft_files.add(actor, draft.id, draft.revision, catalog.uploads.receive(stream, "wells.csv"))
    catalog.draft_files.check(actor, draft.id, distribution)     # validates now; a worker does it otherwise
    catalog.reviewing.standing(actor, draft.id)                  # what still stands in the way, as Problems
    draft = catalog.reviewing.submit(actor, draft.id, draft.revision)
    name = catalog.reviewing.approve(publisher, draft.id, draft.revision)

Every change names the revision that it was made from and raises Conflict where the draft has moved on. What is public does not
change before a draft is approved.
"""

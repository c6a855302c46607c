"""What scripts publish in one go: a whole document with its files, checked first, then public in one transaction, or not at all.

    upload = catalog.uploads.receive(stream, "wells.csv")
    document = {"name": "wells", …, "publisher": {"name": "water-agency"}, "distribution": [{"id": "wells"}]}
    done = catalog.submissions.publish(actor, Submission(document=document, uploads={"wells": upload}))
    done.change                                 # added, changed or unchanged; done.problems are warnings
    catalog.submissions.follow(done.name)       # cuts the version; a worker does it otherwise

Raises Invalid with every Problem, and Conflict where `base` names a revision that is not the newest.
"""

"""What scripts publish in one go: a whole document with its files, checked first, then public in one transaction, or not at all.

    upload = catalog.uploads.receive(stream, "wells.csv")
    done = catalog.submissions.publish(actor, {"name": "wells", …, "publisher": {"name": "water-agency"}}, {"wells": upload})
    done.change                                 # added, changed or unchanged; done.problems are warnings
    catalog.submissions.follow(done.name)       # version and Croissant; a worker does it otherwise

Raises Invalid with every Problem, and Conflict where `base` names a revision that is not the newest.
"""

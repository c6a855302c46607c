"""Personal data are kept from being public: one rule for forms, API and harvests, one way around it, one way back.

    gate.shown(actor, record, files)             # files as somebody may see them: what is not cleared leaves no trace
    catalog.clearing.ask(actor, name, distribution, because)         # one person asks to let bytes pass,
    catalog.clearing.approve(another, name, distribution, because)   # another decides
    catalog.takedowns.take_down(actor, name, because)                # away from every surface, at once
"""

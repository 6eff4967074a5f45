"""Documents in, a checkable ledger of what was said out."""

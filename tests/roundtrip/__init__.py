"""Random orders whose records are known: written, typeset, read back and compared."""

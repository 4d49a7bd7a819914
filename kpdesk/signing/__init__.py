"""Keys, signatures, signed codes, lists and certificates of keys. Imports kpdesk.domain."""

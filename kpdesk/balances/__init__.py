"""Balances: a serial line, its dialects, a simulated one. Imports the domain and pyserial; no other capability."""

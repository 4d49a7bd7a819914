"""The core of the desk: rules, store, instruments, acts. No Qt; imports resources alone."""

__version__ = "0.1.0"

"""The window: a PySide6 shell over kpdesk.desks. Imports kpdesk.desks, kpdesk.domain's values and resources."""

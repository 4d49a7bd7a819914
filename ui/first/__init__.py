"""The first run: from an empty folder to an office with two supervisors. Imports ui's widgets; no screen folder."""

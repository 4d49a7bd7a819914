"""The inspector's screens. Imports ui's widgets and slips; no other screen folder."""

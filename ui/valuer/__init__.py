"""The valuer's screens. Imports ui's widgets and slips; no other screen folder."""

"""The screens of the exporters' desk. Imports ui's widgets and slips; no other screen folder."""

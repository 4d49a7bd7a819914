"""The registers of firms, mines and foreign authorities. Imports ui's widgets and slips; no other screen folder."""

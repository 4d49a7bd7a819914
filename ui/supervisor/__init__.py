"""The supervisor's and the auditor's screens. Imports ui's widgets and slips; no other screen folder."""

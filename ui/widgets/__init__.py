"""The parts that screens are built of. Imports ui's own look, formats, messages and slips; no screen, no desk."""

"""What things are and what is allowed in the trade of rough diamonds. Imports the standard library alone."""

"""What a person can do: one file a person, one function an act. Imports the capabilities and kpdesk.domain."""

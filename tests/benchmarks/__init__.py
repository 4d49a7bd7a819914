"""Measurements, each against the bare part in the same run: `python -m tests.benchmarks NAME|all [--json]`."""

"""`python -m kpdesk`: the command line alone, for a machine without Qt."""

from kpdesk.cli import main

main()

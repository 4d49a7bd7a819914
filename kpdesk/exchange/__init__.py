"""Files that travel between offices: read with limits, written whole or not at all. Imports kpdesk.domain."""

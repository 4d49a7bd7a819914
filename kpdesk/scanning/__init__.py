"""Reading codes from pictures, scanned PDFs and frames. Imports kpdesk.domain."""

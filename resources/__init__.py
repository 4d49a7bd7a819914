"""Files that come with kpdesk: theme, icons, forms, schemas, the participants' register. Imports nothing of ours."""

from pathlib import Path

_HERE = Path(__file__).parent


def path(name: str) -> Path:
    """The file or folder `name` (with `/` between folders) inside the installed resources."""
    return _HERE / name

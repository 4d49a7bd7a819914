"""Marks words of tables for translators; they are translated where they are shown, never at import."""


def QT_TRANSLATE_NOOP(context: str, words: str) -> str:
    """The words as they stand; lupdate knows them by this name (Qt's own is typed as an object)."""
    return words

class Unreadable(Exception):
    """A copy that cannot be read; the text is one of the codes in ``process.SENTENCES``."""

"""Errors whose message is for the user: what failed, the value seen, and the next thing to do."""


class MendableError(Exception):
    """Something that a user can mend; commands print its message without a traceback."""


class WarehouseError(MendableError):
    """The warehouse cannot be used."""

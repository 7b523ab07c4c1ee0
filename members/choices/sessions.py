"""Under which names a session says when it began and when it was last used, in seconds by the database's clock."""

SIGNED_IN_AT = "signed_in_at"
TOUCHED_AT = "touched_at"

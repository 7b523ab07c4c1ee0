"""What the database must have before its first table: extensions, and the one clock."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

# Volatile on purpose: inside a transaction it moves on, so that what is read after a lock is later than the lock.
# Only a connection that says `portal.mode = test` may shift it; every other connection of the portal says otherwise.
PORTAL_NOW = """
CREATE FUNCTION portal_now() RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF current_setting('portal.mode', true) = 'test' AND current_setting('portal.clock_shift', true) <> '' THEN
        RETURN clock_timestamp() + current_setting('portal.clock_shift')::interval;
    END IF;
    RETURN clock_timestamp();
END
$$
"""

ENGINE = [
    BtreeGistExtension(),
    TrigramExtension(),
    UnaccentExtension(),
    migrations.RunSQL(PORTAL_NOW, "DROP FUNCTION portal_now()"),
]

"""A production database stays closed to demo mode, whatever the environment says."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections
from django.db.backends.signals import connection_created

from platform_portal.mode_mark import MARK, mark_as_production, refuse_production_database


@pytest.fixture
def marked_database(transactional_db):
    mark_as_production(connection)
    yield
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{connection.settings_dict["NAME"]}" RESET {MARK}')
    connection.close()


@pytest.fixture
def careful():
    """As at the start of a process that does not run in production."""
    connection_created.connect(refuse_production_database)
    yield
    connection_created.disconnect(refuse_production_database)


def test_a_marked_database_is_refused(marked_database, careful):
    connections.close_all()

    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL leads to a production database"):
        connection.ensure_connection()


def test_any_other_database_is_taken_after_one_look(transactional_db, careful):
    connections.close_all()

    connection.ensure_connection()

    assert connection.is_usable()
    assert not connection_created.disconnect(refuse_production_database)

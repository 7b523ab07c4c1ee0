"""The world of the permission table, built once for these modules and left as it was by every test."""

import pytest
from django.db import transaction
from django.test import override_settings

from tests.world.build import build
from tests.world.visits import Visitors


@pytest.fixture(scope="package")
def visitors(django_db_setup, django_db_blocker, tmp_path_factory):
    """Everybody of the permission table with a browser of their own, in a world that no test changes."""
    documents = tmp_path_factory.mktemp("documents")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=documents), transaction.atomic():
        yield Visitors(build())
        transaction.set_rollback(True)


@pytest.fixture
def visit(db, visitors):
    """Everybody, with second factors proven a short while ago."""
    with visitors.fresh():
        yield visitors

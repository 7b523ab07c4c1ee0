"""What every release runs before its parts start: safe to repeat, and enough for them to start."""

from io import StringIO

import pytest
from django.core.management import call_command

from members.models import Body, Tier


@pytest.mark.django_db
def test_prepare_makes_the_folder_and_the_data_that_the_portal_stands_on_and_can_be_repeated(settings, tmp_path):
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "var" / "documents", tmp_path / "static"

    for _time in range(2):
        call_command("prepare", stdout=StringIO())

    assert settings.MEDIA_ROOT.is_dir()
    assert (settings.STATIC_ROOT / ".collected").exists()
    assert Tier.objects.count() == 4
    assert Body.objects.filter(kind="secretariat").count() == 1

"""The photo of a profile: cut square, without what the camera noted, behind the door, replaced and removed."""

import io
import os
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from members.actions import documents, profiles
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.refusals import Refused
from members.models import AuditEvent, Person
from tests.factories import files
from tests.factories import members as made
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

PROFILE, PHOTO, REMOVE = (reverse(f"members:{name}") for name in ("profile", "profile-photo", "profile-photo-remove"))


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture
def own(cast, folder) -> Person:
    return cast.person("individual")


@pytest.fixture
def reader(client, cast, own):
    return sign_in(client, cast["individual"])


def send(reader, content, name="me.jpg", declared="image/jpeg"):
    return reader.post(PHOTO, {"picture": SimpleUploadedFile(name, content, content_type=declared)})


def shown(reader, person) -> Image.Image:
    answer = reader.get(reverse("members:person-photo", args=[person.public_id]))
    assert answer.status_code == 200
    return Image.open(io.BytesIO(answer.content))


def stored(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_photo_is_a_small_upright_square_without_place_author_or_device(reader, own, folder):
    assert send(reader, files.photograph(orientation=6)).url == PROFILE
    picture = shown(reader, own)
    assert (picture.format, picture.size) == ("WEBP", (20, 20))
    assert not picture.getexif()
    [name] = stored(folder)
    content = (folder / name).read_bytes()
    assert not any(told in content for told in (b"Secret", b"Exif", b"GPS"))
    assert name.endswith(".webp")
    assert "me" not in name.split(".")[0].split("-")
    text = reader.get(PROFILE).text
    assert reverse("members:person-photo", args=[own.public_id]) in text


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_large_picture_of_each_kind_is_scaled_to_512(reader, own, form):
    send(reader, files.picture(form, size=(1400, 900)), f"me.{form.lower()}", files.TYPES[form])
    picture = shown(reader, own)
    assert (picture.format, picture.size) == ("WEBP", (512, 512))


def test_it_is_served_as_a_picture_and_nothing_else_and_kept_by_nobody(reader, own):
    profiles.hang(person=own, by=own.user, picture=made.portrait())
    answer = reader.get(reverse("members:person-photo", args=[own.public_id]))
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == "inline"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert {part.strip() for part in answer.headers["Cache-Control"].split(",")} == {"private", "no-store"}


SVG = b'<svg xmlns="http://www.w3.org/2000/svg">' + files.SCRIPT + b"</svg>"


@pytest.mark.parametrize(
    ("name", "declared", "content", "says"),
    [
        ("me.svg", "image/svg+xml", SVG, "Only PNG, JPEG and WebP"),
        ("me.png", "image/png", SVG, "its contents do not"),
        ("me.png", "image/png", b"<!doctype html>" + files.SCRIPT, "its contents do not"),
        ("me.html", "text/html", files.SCRIPT, "Only PNG, JPEG and WebP"),
        ("me.pdf", "application/pdf", b"%PDF-1.7", "Only PNG, JPEG and WebP"),
        ("me.png", "image/png", files.png_header_only(60_000, 60_000), "too large"),
        ("me.webp", "image/webp", files.webp_header_only(16_000, 16_000), "too large"),
        ("me.png", "image/png", files.png_header_only(100, 100), "damaged"),
        ("me.webp", "image/webp", files.animation("WEBP"), "Moving pictures"),
        ("me.jpg", "image/jpeg", b"", "empty"),
        ("me.jpg", "image/jpeg", b"\xff\xd8\xff" + bytes(10 * 1024 * 1024), "larger than 10 MB"),
    ],
    ids=["svg", "svg as png", "html as png", "html", "pdf", "bomb", "webp bomb", "cut off", "moving", "empty", "30 MB"],
)
def test_a_hostile_picture_is_refused_beside_the_field_and_leaves_nothing(
    reader, own, folder, name, declared, content, says
):
    response = send(reader, content, name, declared)
    assert says in str(response.context["form"].errors["picture"])
    assert stored(folder) == []
    assert not Person.objects.get(pk=own.pk).photo
    assert not AuditEvent.objects.about(own).filter(verb=Verb.PROFILE_CHANGED).exists()


def test_a_picture_hides_nothing_behind_itself(reader, own):
    send(reader, files.picture("PNG") + files.SCRIPT, "me.png", "image/png")
    assert b"script" not in reader.get(reverse("members:person-photo", args=[own.public_id])).content


def test_another_photo_takes_its_place_and_the_old_file_goes_when_that_is_certain(
    own, folder, django_capture_on_commit_callbacks
):
    profiles.hang(person=own, by=own.user, picture=made.portrait())
    [first] = stored(folder)
    with django_capture_on_commit_callbacks() as callbacks:
        profiles.hang(person=own, by=own.user, picture=made.portrait())
    assert first in stored(folder)
    for callback in callbacks:
        callback()
    [second] = stored(folder)
    assert second != first
    assert Person.objects.get(pk=own.pk).photo.name == second


def test_it_is_removed_after_asking(reader, own, folder, django_capture_on_commit_callbacks):
    profiles.hang(person=own, by=own.user, picture=made.portrait())
    assert "Remove your photo?" in reader.get(REMOVE).text
    assert stored(folder)
    with django_capture_on_commit_callbacks(execute=True):
        assert reader.post(REMOVE).url == PROFILE
    assert stored(folder) == []
    assert reader.get(reverse("members:person-photo", args=[own.public_id])).status_code == 404
    facts = [event.facts for event in AuditEvent.objects.about(own).filter(verb=Verb.PROFILE_CHANGED).order_by("pk")]
    assert facts == [{"fields": ["photo"]}] * 2
    with pytest.raises(Refused) as refused:
        profiles.take_down(person=own, by=own.user)
    assert refused.value.code == "gone"
    assert "There is no photo." in reader.post(REMOVE, follow=True).text


def test_a_photo_changes_nothing_under_the_hands_of_who_writes(reader, own):
    """Text typed in another window is saved after a photo was hung."""
    profiles.hang(person=own, by=own.user, picture=made.portrait())
    assert Person.objects.get(pk=own.pk).revision == 0


def test_an_unclaimed_photo_is_cleared_and_one_on_a_profile_never(own, folder):
    profiles.hang(person=own, by=own.user, picture=made.portrait())
    kept, stray = folder / own_photo(own), folder / "stray.webp"
    stray.write_bytes(b"RIFF")
    then = (database_now() - timedelta(hours=25)).timestamp()
    for path in (kept, stray):
        os.utime(path, (then, then))
    assert documents.clear_unclaimed() == 1
    assert kept.exists()
    assert not stray.exists()


def own_photo(person) -> str:
    return Person.objects.get(pk=person.pk).photo.name


def test_a_photo_whose_file_is_lost_is_not_there(reader, own, folder):
    profiles.hang(person=own, by=own.user, picture=made.portrait())
    (folder / own_photo(own)).unlink()
    assert reader.get(reverse("members:person-photo", args=[own.public_id])).status_code == 404


def test_visitors_are_asked_to_sign_in(client, own):
    profiles.hang(person=own, by=own.user, picture=made.portrait())
    assert client.get(reverse("members:person-photo", args=[own.public_id])).status_code == 302

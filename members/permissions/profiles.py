"""The door to the photo of a person."""

from django.shortcuts import get_object_or_404

from members.models import Person
from members.permissions.fields import shows
from members.permissions.people import visible_to


def portrayed_for(user, public_id, *, on) -> Person:
    """The person behind an identifier, where they have a photo and show it to the viewer. Raises Http404.

    One statement, whatever is in the way: nobody known, no photo, a photo kept to fewer.
    """
    shown = visible_to(user, on=on).filter(shows("photo", to=user)).exclude(photo="")
    return get_object_or_404(shown.with_everything(), public_id=public_id)

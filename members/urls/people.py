"""The directory of people, and one's own profile."""

from django.urls import path

from members.views import people

urlpatterns = [
    path("members/", people.directory, name="directory"),
    path("members/<uuid:public_id>/", people.person, name="person"),
    path("me/", people.profile, name="profile"),
    path("me/edit/", people.edit, name="profile-edit"),
    path("me/readers/", people.readers, name="profile-readers"),
    path("me/as/<slug:audience>/", people.seen_as, name="profile-as"),
    path("me/membership/", people.membership, name="membership"),
]

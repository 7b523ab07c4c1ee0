"""The directory of people, and one's own profile."""

from django.urls import path

from members.views import directory, people

urlpatterns = [
    path("members/", directory.directory, name="directory"),
    path("members/export/", directory.export, name="directory-export"),
    path("members/searches/", directory.save_search, name="search-save"),
    path("members/searches/<uuid:public_id>/", directory.saved_search, name="search"),
    path("members/searches/<uuid:public_id>/delete/", directory.delete_search, name="search-delete"),
    path("members/<uuid:public_id>/", people.person, name="person"),
    path("me/", people.profile, name="profile"),
    path("me/edit/", people.edit, name="profile-edit"),
    path("me/readers/", people.readers, name="profile-readers"),
    path("me/as/<slug:audience>/", people.seen_as, name="profile-as"),
    path("me/membership/", people.membership, name="membership"),
]

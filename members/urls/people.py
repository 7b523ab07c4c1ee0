"""The directory of people, and one's own profile."""

from django.urls import path

from members.views import correspondence, directory, people, profiles

urlpatterns = [
    path("members/", directory.directory, name="directory"),
    path("members/export/", directory.export, name="directory-export"),
    path("members/searches/", directory.save_search, name="search-save"),
    path("members/searches/<uuid:public_id>/", directory.saved_search, name="search"),
    path("members/searches/<uuid:public_id>/delete/", directory.delete_search, name="search-delete"),
    path("members/<uuid:public_id>/", people.person, name="person"),
    path("members/<uuid:public_id>/write/", correspondence.write, name="person-write"),
    path("members/<uuid:public_id>/photo/", profiles.portrait, name="person-photo"),
    path("me/", people.profile, name="profile"),
    path("me/edit/", profiles.edit, name="profile-edit"),
    path("me/edit/photo/", profiles.photo, name="profile-photo"),
    path("me/edit/photo/remove/", profiles.remove_photo, name="profile-photo-remove"),
    path("me/edit/<slug:section>/", profiles.section, name="profile-section"),
    path("me/messages/", correspondence.index, name="messages"),
    path("me/messages/<uuid:public_id>/", correspondence.correspondence, name="correspondence"),
    path("me/messages/<uuid:public_id>/end/", correspondence.end, name="correspondence-end"),
    path("me/readers/", people.readers, name="profile-readers"),
    path("me/as/<slug:audience>/", people.seen_as, name="profile-as"),
    path("me/membership/", people.membership, name="membership"),
]

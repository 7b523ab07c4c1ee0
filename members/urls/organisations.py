"""Organisations and who speaks for them."""

from django.urls import path

from members.views import organisations

urlpatterns = [
    path("organisations/", organisations.directory, name="organisations"),
    path("organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("organisations/<slug:slug>/edit/", organisations.edit, name="organisation-edit"),
    path("organisations/<slug:slug>/invite/", organisations.invite, name="organisation-invite"),
    path(
        "organisations/<slug:slug>/invitations/<uuid:public_id>/withdraw/",
        organisations.withdraw_invitation,
        name="invitation-withdraw",
    ),
    path(
        "organisations/<slug:slug>/representatives/<uuid:public_id>/end/",
        organisations.end_representation,
        name="representation-end",
    ),
]

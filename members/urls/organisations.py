from django.urls import path

from members.views import organisations

urlpatterns = [
    path("organisations/", organisations.directory, name="organisations"),
    path("organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("organisations/<slug:slug>/edit/", organisations.edit, name="organisation-edit"),
    path("organisations/<slug:slug>/invite/", organisations.invite, name="organisation-invite"),
    path(
        "organisations/<slug:slug>/representatives/<int:pk>/end/",
        organisations.end_representation,
        name="representation-end",
    ),
]

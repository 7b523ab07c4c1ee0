"""Working groups."""

from django.urls import path

from taskforces.views import documents, groups, outputs, people

app_name = "taskforces"
urlpatterns = [
    path("taskforces/", groups.index, name="groups"),
    path("taskforces/enter/", groups.enter, name="group-enter"),
    path("taskforces/documents/", documents.everywhere, name="documents-everywhere"),
    path("taskforces/<slug:slug>/", groups.group, name="group"),
    path("taskforces/<slug:slug>/edit/", groups.edit, name="group-edit"),
    path("taskforces/<slug:slug>/state/", groups.step, name="group-step"),
    path("taskforces/<slug:slug>/join/", people.join, name="group-join"),
    path("taskforces/<slug:slug>/join/withdraw/", people.withdraw, name="group-join-withdraw"),
    path("taskforces/<slug:slug>/leave/", people.leave, name="group-leave"),
    path("taskforces/<slug:slug>/invitation/<slug:reply>/", people.answer, name="group-invitation-answer"),
    path("taskforces/<slug:slug>/people/", people.people, name="group-people"),
    path("taskforces/<slug:slug>/people/invite/", people.invite, name="group-invite"),
    path("taskforces/<slug:slug>/people/grant/", people.grant, name="group-seat-grant"),
    path("taskforces/<slug:slug>/people/<uuid:public_id>/end/", people.end_seat, name="group-seat-end"),
    path("taskforces/<slug:slug>/requests/<uuid:public_id>/accept/", people.accept, name="group-request-accept"),
    path("taskforces/<slug:slug>/requests/<uuid:public_id>/decline/", people.decline, name="group-request-decline"),
    path(
        "taskforces/<slug:slug>/invitations/<uuid:public_id>/withdraw/",
        people.withdraw_invitation,
        name="group-invitation-withdraw",
    ),
    path("taskforces/<slug:slug>/documents/", documents.library, name="documents"),
    path("taskforces/<slug:slug>/documents/add/", documents.add, name="document-add"),
    path("taskforces/<slug:slug>/documents/<uuid:public_id>/", documents.document, name="document"),
    path("taskforces/<slug:slug>/documents/<uuid:public_id>/revise/", documents.revise, name="document-revise"),
    path("taskforces/<slug:slug>/documents/<uuid:public_id>/settings/", documents.settings, name="document-settings"),
    path("taskforces/<slug:slug>/documents/<uuid:public_id>/propose/", outputs.propose, name="output-propose"),
    path(
        "taskforces/<slug:slug>/documents/<uuid:public_id>/versions/<int:sequence>/",
        documents.version,
        name="document-version",
    ),
    path(
        "taskforces/<slug:slug>/documents/<uuid:public_id>/versions/<int:sequence>/file/",
        documents.file,
        name="document-file",
    ),
    path(
        "taskforces/<slug:slug>/documents/<uuid:public_id>/versions/<int:sequence>/changes/",
        documents.compare,
        name="document-compare",
    ),
    path("taskforces/<slug:slug>/comments/<uuid:public_id>/", documents.answer, name="document-answer"),
    path("research/", outputs.research, name="research"),
    path("research/<slug:slug>/", outputs.output, name="output"),
    path("research/<slug:slug>/file/", outputs.file, name="output-file"),
    path("research/<slug:slug>/bibtex/", outputs.bibliography, name="output-bibtex"),
    path("research/<slug:slug>/byline/", outputs.byline, name="output-byline"),
    path("research/<slug:slug>/publish/", outputs.publish, name="output-publish"),
    path("research/<slug:slug>/close/", outputs.close, name="output-close"),
]

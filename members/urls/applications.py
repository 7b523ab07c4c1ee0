"""Tiers, applications, their documents and referees."""

from django.urls import path

from members.views import answers, applications, documents, information, referees, tiers

urlpatterns = [
    path("join/", tiers.tiers, name="tiers"),
    path("join/<slug:tier>/", tiers.tier, name="tier"),
    path("applications/", applications.listing, name="applications"),
    path("applications/<number:number>/", applications.application, name="application"),
    path("applications/<number:number>/steps/<slug:step>/", answers.step, name="application-step"),
    path("applications/<number:number>/check/", applications.check, name="application-check"),
    path("applications/<number:number>/sent/", applications.sent, name="application-sent"),
    path("applications/<number:number>/versions/<int:version>/", applications.version, name="application-version"),
    path("applications/<number:number>/withdraw/", applications.withdraw, name="application-withdraw"),
    path("applications/<number:number>/ask/<slug:slug>/", answers.ask_representative, name="application-ask"),
    path("applications/<number:number>/left/<slug:slug>/", answers.say_left, name="application-left"),
    path("applications/<number:number>/requests/<int:pk>/", information.answer, name="information-answer"),
    path("applications/<number:number>/referees/<uuid:public_id>/", referees.change, name="referee-change"),
    path("applications/<number:number>/referees/<uuid:public_id>/remove/", referees.remove, name="referee-remove"),
    path("applications/<number:number>/referees/<uuid:public_id>/again/", referees.ask_again, name="referee-again"),
    path("applications/<number:number>/documents/<uuid:public_id>/remove/", documents.remove, name="document-remove"),
    path("documents/<uuid:public_id>/", documents.document, name="document"),
    path("referees/<str:token>/", referees.letter, name="referee-letter"),
    path("referees/<str:token>/decline/", referees.decline, name="referee-decline"),
]

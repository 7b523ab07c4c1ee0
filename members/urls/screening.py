"""The Secretariat's desk."""

from django.urls import path

from members.views import screening

urlpatterns = [
    path("desk/applications/", screening.queue, name="desk-applications"),
    path("desk/applications/new/", screening.paper, name="desk-paper"),
    path("desk/applications/<number:number>/", screening.application, name="desk-application"),
    path("desk/applications/<number:number>/take/", screening.take, name="desk-take"),
    path("desk/applications/<number:number>/hand-over/", screening.hand_over, name="desk-hand-over"),
    path("desk/applications/<number:number>/checks/", screening.checks, name="desk-checks"),
    path("desk/applications/<number:number>/ask/", screening.ask, name="desk-ask"),
    path("desk/applications/<number:number>/referees/<uuid:public_id>/", screening.ask_referee, name="desk-referee"),
    path("desk/applications/<number:number>/recommend/", screening.recommend, name="desk-recommend"),
    path("desk/applications/<number:number>/again/", screening.screen_again, name="desk-again"),
    path("desk/applications/<number:number>/letter/", screening.letter, name="desk-letter"),
    path("desk/applications/<number:number>/decline/", screening.decline, name="desk-decline"),
    path("desk/applications/<number:number>/link/", screening.link, name="desk-link"),
    path("desk/applications/<number:number>/ballot/", screening.prepare, name="desk-prepare"),
]

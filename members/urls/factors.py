"""A lost second factor: how it is restored, and the Secretariat's part in it."""

from django.urls import path

from members.views import factors

urlpatterns = [
    path("lost-factor/", factors.lost, name="lost-factor"),
    path("lost-factor/stop/<str:token>/", factors.stop_by_link, name="factor-stop"),
    path("desk/factors/", factors.index, name="desk-factors"),
    path("desk/factors/<uuid:public_id>/", factors.lost_factor, name="desk-factor"),
    path("desk/factors/<uuid:public_id>/check/", factors.check, name="desk-factor-check"),
    path("desk/factors/<uuid:public_id>/confirm/", factors.confirm, name="desk-factor-confirm"),
    path("desk/factors/<uuid:public_id>/stop/", factors.stop, name="desk-factor-stop"),
]

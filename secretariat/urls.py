"""The addresses of the Secretariat's app."""

from django.urls import path

from secretariat import views

app_name = "secretariat"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read_all, name="inbox-read-all"),
    path("inbox/<uuid:public_id>/", views.notice, name="notice"),
    path("inbox/<uuid:public_id>/read/", views.read, name="notice-read"),
]

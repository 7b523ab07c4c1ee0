"""One's own protection, and requests to see who stands behind a handle."""

from django.urls import path

from members.views import custody, protection

urlpatterns = [
    path("me/protection/", protection.own, name="protection"),
    path("me/protection/raise/", protection.protect, name="protection-raise"),
    path("me/protection/handle/", protection.rename, name="protection-rename"),
    path("me/protection/lower/", protection.lower, name="protection-lower"),
    path("me/protection/keep/", protection.keep, name="protection-keep"),
    path("custody/", custody.index, name="custody"),
    path("custody/ask/", custody.ask, name="unsealing-ask"),
    path("custody/<uuid:public_id>/", custody.unsealing, name="unsealing"),
    path("custody/<uuid:public_id>/approve/", custody.approve, name="unsealing-approve"),
    path("custody/<uuid:public_id>/decline/", custody.decline, name="unsealing-decline"),
    path("custody/<uuid:public_id>/look/", custody.look, name="unsealing-look"),
]

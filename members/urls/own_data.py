"""One's own data, and the Secretariat's part in it."""

from django.urls import path

from members.views import own_data

urlpatterns = [
    path("me/data/", own_data.own_data, name="own-data"),
    path("me/data/download/", own_data.download, name="own-data-download"),
    path("me/data/download/<uuid:public_id>/", own_data.fetch, name="own-data-fetch"),
    path("me/data/correction/", own_data.correction, name="own-data-correction"),
    path("me/data/erasure/", own_data.erasure, name="own-data-erasure"),
    path("me/data/erasure/take-back/", own_data.erasure_take_back, name="own-data-erasure-take-back"),
    path("me/data/consents/", own_data.consent_list, name="own-data-consents"),
    path("me/data/consents/<slug:purpose>/withdraw/", own_data.consent_withdraw, name="own-data-consent-withdraw"),
    path("desk/data/", own_data.desk, name="desk-data"),
    path("desk/data/<uuid:public_id>/", own_data.desk_correction, name="desk-correction"),
]

"""Ballots and decisions."""

from django.urls import path

from members.views import ballots, decisions, running, voting

urlpatterns = [
    path("ballots/", ballots.index, name="ballots"),
    path("ballots/<str:number>/", ballots.ballot, name="ballot"),
    path("ballots/<str:number>/dossier/", ballots.dossier, name="ballot-dossier"),
    path("ballots/<str:number>/log/", ballots.log, name="ballot-log"),
    path("ballots/<str:number>/receipts/<int:sequence>/", ballots.receipt, name="ballot-receipt"),
    path("ballots/<str:number>/conflict/", voting.conflict, name="ballot-conflict"),
    path("ballots/<str:number>/cast/", voting.cast, name="ballot-cast"),
    path("ballots/<str:number>/comment/", voting.comment, name="ballot-comment"),
    path("ballots/<str:number>/concerns/<int:pk>/clear/", voting.clear_concern, name="concern-clear"),
    path("ballots/<str:number>/open/", running.open_ballot, name="ballot-open"),
    path("ballots/<str:number>/withdraw/", running.withdraw, name="ballot-withdraw"),
    path("ballots/<str:number>/close/", running.close, name="ballot-close"),
    path("ballots/<str:number>/again/", running.reballot, name="ballot-again"),
    path("ballots/<str:number>/concerns/<int:pk>/ask/", running.ask, name="concern-ask"),
    path("decisions/", decisions.index, name="decisions"),
    path("decisions/<str:number>/", decisions.decision, name="decision"),
]

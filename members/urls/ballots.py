"""Ballots and decisions."""

from django.urls import path

from members.views import ballots, decisions, running, voting

urlpatterns = [
    path("ballots/", ballots.index, name="ballots"),
    path("ballots/<number:number>/", ballots.ballot, name="ballot"),
    path("ballots/<number:number>/dossier/", ballots.dossier, name="ballot-dossier"),
    path("ballots/<number:number>/log/", ballots.log, name="ballot-log"),
    path("ballots/<number:number>/receipts/<int:sequence>/", ballots.receipt, name="ballot-receipt"),
    path("ballots/<number:number>/conflict/", voting.conflict, name="ballot-conflict"),
    path("ballots/<number:number>/cast/", voting.cast, name="ballot-cast"),
    path("ballots/<number:number>/comment/", voting.comment, name="ballot-comment"),
    path("ballots/<number:number>/concerns/<int:pk>/clear/", voting.clear_concern, name="concern-clear"),
    path("ballots/<number:number>/open/", running.open_ballot, name="ballot-open"),
    path("ballots/<number:number>/withdraw/", running.withdraw, name="ballot-withdraw"),
    path("ballots/<number:number>/close/", running.close, name="ballot-close"),
    path("ballots/<number:number>/again/", running.reballot, name="ballot-again"),
    path("ballots/<number:number>/concerns/<int:pk>/ask/", running.ask, name="concern-ask"),
    path("decisions/", decisions.index, name="decisions"),
    path("decisions/<number:number>/", decisions.decision, name="decision"),
]

"""What becomes of an application when its ballot moves, and of a ballot when its application is withdrawn."""

from django.dispatch import receiver

from members.actions import admissions, ballots
from members.models import Application, Ballot
from members.permissions.matters import is_about
from members.signals import application_withdrawn, ballot_decided, ballot_held, ballot_opened, ballot_undecided


@receiver(ballot_opened)
def note_that_it_is_before_the_committee(sender, ballot, **facts):
    if is_about(ballot, Application):
        admissions.begin(ballot=ballot)


@receiver(ballot_decided)
def do_what_was_decided(sender, ballot, decision, **facts):
    if is_about(ballot, Application):
        admissions.conclude(ballot=ballot, decision=decision)


@receiver(ballot_held)
def note_that_it_is_held(sender, ballot, **facts):
    if is_about(ballot, Application):
        admissions.hold(ballot=ballot)


@receiver(ballot_undecided)
def give_it_back(sender, ballot, **facts):
    if is_about(ballot, Application):
        admissions.take_back(ballot=ballot)


@receiver(application_withdrawn)
def withdraw_its_ballot(sender, application, by, **facts):
    for ballot in Ballot.objects.live().about(application):
        ballots.withdraw(ballot=ballot, by=by)

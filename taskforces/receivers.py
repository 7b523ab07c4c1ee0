"""What follows in working groups from what happens on the ground floor: one action each."""

from django.dispatch import receiver

from members.choices.verbs import Verb
from members.models import Person
from members.permissions.matters import is_about
from members.signals import (
    ballot_decided,
    files_claimed,
    membership_ended,
    own_data_gathered,
    person_erased,
    protection_raised,
    recorded,
)
from taskforces.actions import action_items, charters, documents, feeds, meetings, outputs, seats
from taskforces.models import Charter
from taskforces.queries.own_data import own_data_of

LOSING = (Verb.REPRESENTATION_ENDED, Verb.STAFF_ENDED)
"""Acts on terms of one person, by which that person may take part no more."""


@receiver(membership_ended, dispatch_uid="taskforces.end_seats")
def end_seats(sender, membership, by, **facts):
    """A membership ended before its time: who came by it, and by nothing else, has no seat left."""
    through = Person.objects.filter(representations__organisation=membership.organisation_id)
    people = [membership.person] if membership.person else list(through.distinct())
    seats.end_of_those_gone(people=people, by=by)


@receiver(recorded, dispatch_uid="taskforces.end_seats_of_who_left")
def end_seats_of_who_left(sender, event, **facts):
    """Somebody speaks for an organisation no more, or serves no more."""
    if event.verb in LOSING:
        seats.end_of_those_gone(people=[event.target.person], by=event.by)


@receiver(protection_raised, dispatch_uid="taskforces.go_behind_handle")
def go_behind_handle(sender, protection, **facts):
    """Somebody is protected: they hold no office from now on, and their group knows them by their handle."""
    if protection.person_id:
        seats.go_behind_handle(person=protection.person)
        outputs.take_names_off(person=protection.person)
        charters.take_away(person=protection.person)


@receiver(person_erased, dispatch_uid="taskforces.forget_person")
def forget_person(sender, user, person, **facts):
    """Somebody is erased."""
    feeds.end(user=user, by=None)
    if person is not None:
        seats.forget(person=person)
        meetings.forget(person=person)
        action_items.let_go(person=person)
        documents.forget(person=person)
        outputs.take_names_off(person=person)
        charters.take_away(person=person)


@receiver(own_data_gathered, dispatch_uid="taskforces.gather_own_data")
def gather_own_data(sender, user, **facts):
    """Somebody is given what is kept about them."""
    return own_data_of(user)


@receiver(files_claimed, dispatch_uid="taskforces.claim_files")
def claim_files(sender, names, **facts):
    """Files are cleared away that nobody claims."""
    return documents.claimed(names)


@receiver(ballot_decided, dispatch_uid="taskforces.decide_on_charter")
def decide_on_charter(sender, ballot, decision, **facts):
    """The committee has decided on a charter."""
    if is_about(ballot, Charter):
        charters.decide(ballot=ballot, decision=decision)

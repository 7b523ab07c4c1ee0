"""Protection in the story: custodians are appointed, a member protects herself, and somebody asks who she is."""

from datetime import timedelta

from members.actions import correspondence, custody, protection
from members.choices.audiences import Audience
from members.models import User
from platform_portal.demo.people import SEATED, Part
from platform_portal.demo.seed.clock import Plot
from platform_portal.demo.seed.world import STAFF, World

PROTECTED = "individual-28"
CUSTODIAN_SEATS = (1, 3, 5)
WRITER = "individual-29"
QUESTION = (
    "I am preparing a note on early warning in border regions for the Task Force, and was told that you know them. "
    "Would you read two pages of it? There is no need to say who you are."
)
ANSWER = "Gladly. Send the text here rather than by mail, please, and leave out the names of villages."
THANKS = "Thank you. I shall paste it here on Monday, without names."
REASON = (
    "A partner organisation reports that a member of ours may have been detained. If it is this one, their family and "
    "a lawyer have to be told today."
)


def plot(world: World) -> Plot:
    """She is listed for members under her handle. One custodian has agreed to the request, a second has not decided."""
    head = world.users[STAFF[0]]
    custodians = [f"{SEATED[seat - 1].key}-{Part.PRINCIPAL}" for seat in CUSTODIAN_SEATS]
    for key in custodians:
        custody.appoint(person=world.persons[key], by=head)
    yield timedelta(days=11)
    user = User.objects.get(pk=world.users[PROTECTED].pk)
    held = protection.protect(user=user, by=user)
    protection.list_for(user=user, listed_for=[Audience.MEMBERS], by=user)
    yield timedelta(days=2)
    held_by, writer = User.objects.get(pk=user.pk), world.users[WRITER]
    begun = correspondence.begin(reader=held_by, text=QUESTION, by=writer)
    yield timedelta(days=1, hours=5)
    correspondence.send(correspondence=begun, text=ANSWER, by=held_by)
    correspondence.send(correspondence=begun, text=THANKS, by=writer)
    yield timedelta(days=10)
    asked = custody.ask(handle=held.handle, reason=REASON, by=head)
    yield timedelta(hours=3)
    custody.approve(unsealing=asked, by=world.users[custodians[1]])

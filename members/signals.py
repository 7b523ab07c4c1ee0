"""News that travels up: sent inside the transaction of the act, for what must happen together with it."""

from django.dispatch import Signal

recorded = Signal()
"""An audit event has been written. Sends `event` (AuditEvent), with `event.target` as the act left it.

`secretariat` writes the notices of the act in the same transaction.
"""

ballot_opened = Signal()
"""A ballot has been opened. Sends `ballot` (Ballot, locked).

The owner of the subject notes that it is before the committee.
"""

ballot_decided = Signal()
"""A ballot has its verdict and is final. Sends `ballot` (Ballot, locked) and `decision` (Decision).

The owner of the subject changes it now, in the same transaction, or by raising undoes the close.
"""

ballot_held = Signal()
"""A ballot has closed with an open hold, and may be put once more. Sends `ballot` (Ballot, locked)."""

ballot_undecided = Signal()
"""A ballot was withdrawn or closed without a quorum, and nothing is decided. Sends `ballot` (Ballot, locked)."""

membership_began = Signal()
"""A membership has been granted. Sends `membership` (Membership) and `by` (User or None)."""

membership_ended = Signal()
"""A membership has been ended before its time. Sends `membership` (Membership) and `by` (User or None)."""

application_withdrawn = Signal()
"""A submitted application is withdrawn by its applicant. Sends `application` (Application, locked) and `by`.

Whatever is going on about it, a ballot above all, ends now, in the same transaction.
"""

protection_raised = Signal()
"""Somebody is protected from now on. Sends `protection` (Protection) and `former_address`, the login's address so far.

Whoever keeps that address, a name or a place of theirs replaces it now, in the same transaction.
"""

address_sealed = Signal()
"""A protected member has another address. Sends `protection` (Protection) and `former_address`, the one that is sealed.

Whoever keeps it in the open replaces it now, in the same transaction.
"""

own_data_gathered = Signal()
"""Everything about a user is being put together for them. Sends `user` (User).

A receiver gives a list of `members.queries.own_facts.Section`: what its app keeps about that user, and of nobody else.
"""

person_erased = Signal()
"""A person is being erased. Sends `user` (User, locked, its address not yet replaced) and `person` (Person or None).

A receiver deletes or blanks what its app keeps about them, in the same transaction, but for what decisions rest on.
"""

files_claimed = Signal()
"""Stored files are about to be cleared away that nothing claims. Sends `names` (list of str).

A receiver gives those of them that its app keeps; what no receiver and no row of this floor claims is deleted.
"""

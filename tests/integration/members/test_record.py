"""No act without its record: where the record cannot be written, the act has not happened."""

import pytest
from django.db import DatabaseError, connection, transaction

from members.actions import people
from members.audit import record
from members.choices.verbs import Verb
from members.models import AuditEvent, Person


@pytest.mark.django_db
def test_where_the_record_cannot_be_written_nothing_has_happened(cast):
    person = cast.person("individual")
    before = AuditEvent.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE members_auditevent ADD CONSTRAINT nothing_more CHECK (false) NOT VALID")

    with pytest.raises(DatabaseError):
        people.change(person=person, by=cast["individual"], revision=person.revision, headline="Another line")

    assert Person.objects.get(pk=person.pk).headline == person.headline
    assert AuditEvent.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_a_record_outside_the_transaction_of_its_act_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        record(Verb.PROFILE_CHANGED)

    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE {} SET facts = '{{}}'", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_what_is_on_record_is_neither_changed_nor_deleted(cast, statement):
    before = AuditEvent.objects.count()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("members_auditevent"))

    assert AuditEvent.objects.count() == before > 0

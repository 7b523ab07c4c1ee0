"""Groups that were entered before observers had a body get one, and the kinds of the release their features."""

from django.db import migrations

ALL = ["charter", "milestones", "meetings", "documents", "reports"]
FEATURES = {"task-force": ALL, "technical": ALL, "regional": ALL, "committee": ALL[:4]}


def give_bodies(apps, schema_editor):
    Group, Body = apps.get_model("auth", "Group"), apps.get_model("members", "Body")
    for row in apps.get_model("taskforces", "WorkingGroup").objects.filter(observers=None):
        group, _made = Group.objects.get_or_create(name=f"group_observers:{row.slug}")
        row.observers, _made = Body.objects.get_or_create(group=group, defaults={"kind": "group_observers"})
        row.save(update_fields=["observers"])


def give_features(apps, schema_editor):
    for key, features in FEATURES.items():
        apps.get_model("taskforces", "GroupKind").objects.filter(key=key, features=[]).update(features=features)


class Migration(migrations.Migration):
    dependencies = [("taskforces", "0002_features")]
    operations = [
        migrations.RunPython(give_bodies, migrations.RunPython.noop),
        migrations.RunPython(give_features, migrations.RunPython.noop),
    ]

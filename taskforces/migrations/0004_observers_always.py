import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("taskforces", "0003_bodies_of_observers")]
    operations = [
        migrations.AlterField(
            model_name="workinggroup",
            name="observers",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="observed_group", to="members.body"
            ),
        ),
    ]

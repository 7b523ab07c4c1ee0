"""Rows of the directory have letters of two regions from now on: of the continent, and of the part of it."""

from django.db import migrations

FIRST, SURROGATES, BEYOND = 0x20, 0xD800, 0x800


def letter(number):
    point = FIRST + number
    return chr(point if point < SURROGATES else point + BEYOND)


def letters_of(regions, key):
    """Continent and part; of the world, its own. `regions` are letter and parent by key."""
    chain = [key]
    while parent := regions[chain[-1]][1]:
        chain.append(parent)
    return "".join(regions[each][0] for each in (chain[-2::-1] or chain)[:2])


def enter_parts(apps, schema_editor):
    """One statement for all rows with a country. A protected member's have none, and keep the one letter."""
    rows = apps.get_model("members", "Region").objects.order_by("pk").values_list("pk", "parent")
    regions = {key: (letter(place), parent) for place, (key, parent) in enumerate(rows, start=1)}
    placed = [
        (letter((ord(code[0]) - 64) * 27 + ord(code[1]) - 64), letters_of(regions, region))
        for code, region in apps.get_model("members", "Country").objects.values_list("pk", "region")
    ]
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "UPDATE members_directoryentry entry SET region = placed.letters, changed_in = pg_current_xact_id()"
            " FROM unnest(%s::text[], %s::text[]) AS placed (country, letters)"
            " WHERE entry.country = placed.country AND entry.region <> placed.letters",
            [[country for country, _letters in placed], [letters for _country, letters in placed]],
        )


class Migration(migrations.Migration):
    dependencies = [("members", "0012_correspondence")]
    operations = [migrations.RunPython(enter_parts, migrations.RunPython.noop)]

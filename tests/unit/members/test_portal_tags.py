"""The tags of the components: pictures that add up, people's initials, fields that lead to their controls."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.template import engines
from django.utils import translation

from members.kernel.widgets import DateInput, HintedRadios
from members.templatetags import portal

COUNTS = {"yes": 4, "no": 1, "hold": 1, "abstain": 0, "silent": 2, "recused": 1}


def rendered(source, **context):
    return engines["django"].from_string("{% load portal %}" + source).render(context)


def shares(sheet, attribute):
    return [float(segment[attribute].rstrip("%")) for segment in sheet["segments"]]


@pytest.mark.parametrize("counts", [COUNTS, SimpleNamespace(**COUNTS)], ids=["mapping", "object"])
def test_a_count_sheet_fills_its_width_and_leaves_out_what_nobody_said(counts):
    sheet = portal.count_sheet(counts)

    assert [segment["name"] for segment in sheet["segments"]] == ["yes", "no", "hold", "silent", "recused"]
    assert sum(shares(sheet, "width")) == pytest.approx(100, abs=0.01)
    assert shares(sheet, "x")[0] == 0
    assert "4 Yes" in sheet["words"]


def test_a_count_sheet_is_mirrored_in_right_to_left_scripts():
    with translation.override("ar"):
        sheet = portal.count_sheet(COUNTS)

    assert shares(sheet, "x")[0] == pytest.approx(100 - shares(sheet, "width")[0], abs=0.01)
    assert shares(sheet, "x")[-1] == 0


def test_a_sealed_count_sheet_tells_participation_and_no_position():
    html = rendered("{% count_sheet counts rows=rows sealed=True %}", counts=COUNTS, rows=[{"seat": "Seat 7"}])

    assert [segment["name"] for segment in portal.count_sheet(COUNTS, sealed=True)["segments"]] == [
        "cast",
        "silent",
        "recused",
    ]
    assert "Hold" not in html
    assert "Seat 7" not in html


def test_an_empty_count_sheet_and_an_empty_chart_draw_nothing():
    assert portal.count_sheet({})["segments"] == []
    assert portal.chart([], "None")["bars"] == []


def test_a_share_is_written_with_a_point_in_every_language():
    with translation.override("fr"):
        assert portal.per_cent(1, 8) == "12.500%"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amina Example", "AE"),
        ("Jean-Luc de la Exemple", "JE"),
        ("Heron", "H"),
        ("أمينة مثال", "أم"),
        ("", ""),
        ("(former) envoy", "E"),
    ],
)
def test_initials(name, letters):
    assert portal.initials(name) == letters


def test_a_pill_has_a_word_beside_its_icon_and_escapes_it():
    html = rendered("{% pill 'good' text %}", text="<b>Approved</b>")

    assert 'class="pill good"' in html
    assert "<svg" in html
    assert "&lt;b&gt;Approved" in html


def test_a_deadline_is_a_time_that_machines_can_read():
    html = rendered("{% deadline at %}", at=datetime(2026, 11, 24, 14, 0, tzinfo=UTC))

    assert 'datetime="2026-11-24T14:00:00+00:00"' in html
    assert "24 November 2026, 14:00 UTC" in html


class Answers(forms.Form):
    name = forms.CharField(help_text="As on your letters.", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    note = forms.CharField(required=False, max_length=20, widget=forms.Textarea)
    cause = forms.CharField(required=False)
    position = forms.ChoiceField(
        choices=[("yes", "Yes"), ("hold", "Hold")], widget=HintedRadios(hints={"hold": "blocks until answered"})
    )
    began_on = forms.DateField(required=False, widget=DateInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cause"].unmarked = True


def test_a_field_has_label_help_error_and_control_tied_together():
    html = str(Answers({"position": "yes"}))

    assert '<label for="id_name">Name</label>' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"' in html
    assert 'autocomplete="name"' in html


def test_the_summary_of_errors_leads_to_the_first_control_of_each_field():
    html = str(Answers({"note": "x" * 21}))

    assert 'href="#id_name"' in html
    assert 'href="#id_position_0"' in html
    assert 'id="id_position_0"' in html


def test_only_what_may_be_left_out_is_marked():
    html = str(Answers())

    assert html.count("(optional)") == 2
    assert 'for="id_note">Note <span class="optional">(optional)</span>' in html
    assert 'for="id_cause">Cause</label>' in html


def test_radios_stand_in_a_fieldset_with_a_hint_each():
    html = str(Answers()["position"].as_field_group())

    assert "<fieldset" in html
    assert "<legend>Position</legend>" in html
    assert '<span class="hint">blocks until answered</span>' in html


def test_a_long_answer_is_measured_and_never_cut_off():
    html = str(Answers()["note"].as_field_group())

    assert "maxlength" not in html
    assert 'data-counter-for="id_note"' in html


def test_a_date_is_asked_for_by_the_browsers_own_field():
    html = str(Answers(initial={"began_on": datetime(2026, 11, 24, tzinfo=UTC).date()})["began_on"])

    assert 'type="date"' in html
    assert 'value="2026-11-24"' in html

"""Form widgets for every app: Django's own, with a hint under each choice and the browser's date fields."""

from django import forms


class Hints:
    """Mixed into a widget of choices: `hints` maps a value to the line under its name."""

    def __init__(self, *args, hints=None, **kwargs):
        self.hints = hints or {}
        super().__init__(*args, **kwargs)

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(getattr(value, "value", value), "")
        return option


class HintedRadios(Hints, forms.RadioSelect):
    """One of several, as cards."""


class HintedCheckboxes(Hints, forms.CheckboxSelectMultiple):
    """Some of several, as cards."""


class FoldedCheckboxes(Hints, forms.CheckboxSelectMultiple):
    """Some of very many: those in `first` and those chosen are seen at once, the others unfold under `more`."""

    template_name = "django/forms/widgets/folded_checkboxes.html"

    def __init__(self, *args, first=(), more="", **kwargs):
        self.first, self.more = frozenset(first), more
        super().__init__(*args, **kwargs)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        options = [option for _group, group, _index in context["widget"]["optgroups"] for option in group]
        seen = [option for option in options if option["selected"] or self._code(option) in self.first]
        folded = [option for option in options if option not in seen]
        return context | {"seen": seen, "folded": folded, "more": self.more}

    @staticmethod
    def _code(option):
        return str(getattr(option["value"], "value", option["value"]))


class DateInput(forms.DateInput):
    """The browser's own date field, which speaks ISO whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own field for a day and a time, in the reader's active time zone."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")

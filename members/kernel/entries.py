"""Entries of governed lists to choose from, in the order and under the headings that a reader expects.

The database sorts by the words as stored; readers look for them in their own language.
"""

from django.forms.models import ModelChoiceIterator

from members.kernel.text import fold


class SortedChoices(ModelChoiceIterator):
    """Rows sorted by their words in the language of the page."""

    def entries(self):
        return sorted(self.queryset, key=lambda entry: fold(self.field.label_from_instance(entry)))

    def __iter__(self):
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        yield from map(self.choice, self.entries())


class GroupedChoices(SortedChoices):
    """Rows sorted under headings: that of their parent, where they have one, else their own."""

    def heading(self, entry):
        return entry.parent

    def __iter__(self):
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        groups: dict[str, list] = {}
        for entry in self.entries():
            groups.setdefault(str(self.heading(entry) or entry), []).append(self.choice(entry))
        for heading in sorted(groups, key=fold):
            yield (heading, groups[heading])

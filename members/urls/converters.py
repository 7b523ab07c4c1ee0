"""The parts of addresses that have a shape of their own. What has not that shape is the address of nothing."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class NumberConverter(StringConverter):
    """The readable number of an application, a ballot or a decision, such as APP-2026-0001."""

    regex = "[A-Z]+-[0-9]{4}-[0-9]+"


register_converter(NumberConverter, "number")

"""News of notices: sent inside the transaction that wrote them."""

from django.dispatch import Signal

notices_written = Signal()
"""Notices with a mail to send have been written. Sends nothing else: the rows are the truth, this is the doorbell."""

"""Files on their way in: the handler that cuts them off, and the form field that has them inspected."""

import os
import tempfile
from contextlib import suppress

from django import forms
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from members.kernel import files
from members.kernel.refusals import Refused

IN_MEMORY = 1024 * 1024
"""Bytes of a file that are held in memory; beyond them it is spooled to a nameless temporary file."""
REQUEST_LIMIT = 3 * files.LIMIT
"""Bytes kept of all files of one request together."""
REQUEST_CEILING = 100 * files.MEGABYTE
"""A request of more bytes is not read at all. Between the limit and the ceiling the surplus is read and thrown
away, so that the reader gets the form back with the other answers and a sentence beside the field."""


class CutOffUploadHandler(FileUploadHandler):
    """Keeps one byte more than the limit of each file, so that `files.inspect` sees that it is too large.

    The rest is thrown away as it comes: neither memory nor disk grows with what somebody sends. Temporary files have
    no name, so a process that is killed leaves none behind. Where the disk is full, the file counts as not received.
    """

    kept_in_all = 0

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803  Django names it so
        """Refuse what is beyond all measure before reading it; the error page says so."""
        if content_length > REQUEST_CEILING:
            raise RequestDataTooBig("The request is larger than the portal reads.")

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115
        self.kept = 0
        self.error = None

    def receive_data_chunk(self, raw_data, start):
        room = min(files.LIMIT + 1 - self.kept, REQUEST_LIMIT - self.kept_in_all)
        piece = raw_data[: max(room, 0)]
        if piece and not self.error:
            self._keep(piece)

    def _keep(self, piece: bytes):
        try:
            self.file.write(piece)
            self.file.flush()
        except OSError as error:
            self.error = error
            return
        self.kept += len(piece)
        self.kept_in_all += len(piece)

    def file_complete(self, file_size):
        """The file, or, where it could not be kept, one that says so when it is read."""
        if self.error or self.kept < min(file_size, files.LIMIT + 1):
            self._discard()
            return LostUpload(self)
        self.file.seek(0)
        return UploadedFile(self.file, self.file_name, self.content_type, file_size, self.charset)

    def upload_interrupted(self):
        if hasattr(self, "file"):
            self._discard()

    def _discard(self):
        with suppress(OSError):  # closing writes what is still held back, which fails again on a full disk
            self.file.close()


class LostUpload(UploadedFile):
    """A file that could not be kept while it came in; reading it says so."""

    def __init__(self, handler: CutOffUploadHandler):
        super().__init__(None, handler.file_name, handler.content_type, 0)
        self.error = handler.error or OSError("more files than one request may carry")

    def read(self, size=-1):
        raise self.error

    def close(self):
        """There is nothing to close."""


class CleanFileField(forms.FileField):
    """A field for one document. Its cleaned value is a `files.Clean`; a refusal stands beside the field."""

    accept = files.ACCEPT
    inspect = staticmethod(files.inspect)

    def __init__(self, **options):
        super().__init__(widget=forms.FileInput(attrs={"accept": self.accept}), **options)

    def to_python(self, data):
        """Inspect what was sent. The base class's own checks of name and size are part of the inspection."""
        if data in self.empty_values:
            return None
        if data.seekable():
            data.seek(0, os.SEEK_SET)
        try:
            return self.inspect(data.name, data.content_type, data)
        except Refused as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal


class PortraitField(CleanFileField):
    """A field for one picture of a person, which becomes a small square."""

    accept = files.ACCEPT_PICTURES
    inspect = staticmethod(files.inspect_portrait)

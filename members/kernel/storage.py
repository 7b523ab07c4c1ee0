"""Where the portal keeps files: one folder outside any web root, that nothing serves but the access check."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible
class PrivateStorage(FileSystemStorage):
    """Files under MEDIA_ROOT, readable by the portal's own user and group, without an address.

    Names are given by `members.kernel.filenames.stored_name`; a name that is taken is an error, not a reason to
    invent another. A file that could not be written whole is not left behind.
    """

    def __init__(self, location=None):
        super().__init__(location, file_permissions_mode=0o640, directory_permissions_mode=0o750)

    def url(self, name):
        """There is none: a document is read through the view that checks who asks."""
        raise NotImplementedError("Stored files have no address of their own.")

    def stored(self) -> Iterator[tuple[str, datetime]]:
        """Every file there is: its name, and when it was written by the clock of the disk."""
        base = Path(self.location)
        for path in sorted(base.rglob("*")):
            if path.is_file():
                yield path.relative_to(base).as_posix(), datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def get_available_name(self, name, max_length=None):
        if self.exists(name):
            raise FileExistsError(name)
        return name

    def _save(self, name, content):
        path = Path(self.path(name))
        existed = path.exists()
        try:
            return super()._save(name, content)
        except OSError:
            if not existed:
                path.unlink(missing_ok=True)
            raise


@deconstructible
class DownloadStorage(PrivateStorage):
    """Downloads of people's own data: in a folder of their own, which no backup copies and no web server serves."""

    @property
    def base_location(self):
        return settings.DOWNLOADS_ROOT

    @property
    def location(self):
        return str(Path(settings.DOWNLOADS_ROOT).absolute())

"""Finding the user of a session and checking passwords, in as few statements for a stranger as for a member."""

from allauth.account.auth_backends import AuthenticationBackend

from members.models import User
from members.queries.session_users import session_user


class LoginBackend(AuthenticationBackend):
    """allauth's backend, with the database's clock read along with the user, and one look-up for every address."""

    def get_user(self, user_id):
        """The user of a session, with what every request asks of them (`members.queries.session_users`).

        A login put out of use is nobody.
        """
        user = session_user(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None

    def _authenticate_by_email(self, email, password):
        return self._check_password(User.objects.by_email(email), password)

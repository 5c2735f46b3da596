"""The form that lets staff in."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm


class LabelledLoginForm(LoginForm):
    """Wagtail's form, whose password has no label of its own and would be called “Password” in every language."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")

"""Addresses of pages elsewhere that staff type and visitors open."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

_is_web_address = URLValidator(schemes=["https", "http"])


def validate_page_address(address: str) -> None:
    """Raise ValidationError unless `address` is a page of the web, without a name or password in it."""
    _is_web_address(address)
    if "@" in urlsplit(address).netloc:
        raise ValidationError(_("There is a name or password in this address. Take it out."))

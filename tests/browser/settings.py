"""The settings of the portal, with a hash of passwords that is made at once: these tests log in many times."""

from portal.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from portal.launch import process

process.end_with_the_server()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()

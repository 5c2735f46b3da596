"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from portal.launch import process

process.end_with_the_server()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()
# What is there now stays to the end. Looking through all of it took a visitor's page a tenth of a second now and then.
gc.collect()
gc.freeze()

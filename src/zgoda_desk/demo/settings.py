"""Settings of the demo alone: the desk's own, with the demo's door and hints added; a real desk never loads them."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from zgoda_desk.settings import *  # noqa: F403 - a settings module is a list of names
from zgoda_desk.settings import INSTALLED_APPS as _APPS
from zgoda_desk.settings import MIDDLEWARE as _MIDDLEWARE
from zgoda_desk.settings import TEMPLATES as _TEMPLATES
from zgoda_desk.settings import ZGODA_DEMO as _DEMO

if not _DEMO:
    raise ImproperlyConfigured("these settings let anybody in; they are for `zgoda demo` alone (ZGODA_DEMO=1)")

INSTALLED_APPS = [*_APPS, "zgoda_desk.demo"]
MIDDLEWARE = [*_MIDDLEWARE, "zgoda_desk.demo.middleware.Seen"]
ROOT_URLCONF = "zgoda_desk.demo.urls"
LOGIN_URL = "demo_door"
LOGOUT_REDIRECT_URL = "demo_door"
_OPTIONS = _TEMPLATES[0]["OPTIONS"]
TEMPLATES = [
    {
        **_TEMPLATES[0],
        "OPTIONS": {
            **_OPTIONS,
            "context_processors": [*_OPTIONS["context_processors"], "zgoda_desk.demo.context.hints"],
        },
    }
]

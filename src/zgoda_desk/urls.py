"""Every address of the desk; each has its row in the access matrix (tests/desk/access)."""

from __future__ import annotations

from django.urls import include, path

from zgoda_desk.console import urls as console
from zgoda_desk.console.settings import account_urls as account
from zgoda_desk.portal import urls as portal

urlpatterns = [
    path("account/", include(account)),
    path("p/", include(portal)),
    path("", include(console)),
]
handler400 = "zgoda_desk.console.errors.refused"
handler404 = "zgoda_desk.console.errors.missing"
handler500 = "zgoda_desk.console.errors.broken"

"""The desk at its public address: Django's own list of faults is empty, cookies travel by TLS only (S12, T27)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

SHOWN = """
import json, django
django.setup()
from django.conf import settings as s
print(json.dumps({n: str(getattr(s, n)) for n in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT",
 "SECURE_PROXY_SSL_HEADER", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "DEBUG", "USE_X_FORWARDED_HOST",
 "SECURE_HSTS_SECONDS")}))
"""


def _run(home: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("ZGODA", "DATABASE"))}
    env |= {"DJANGO_SETTINGS_MODULE": "zgoda_desk.settings", "ZGODA_HOME": str(home), **more}
    return subprocess.run([sys.executable, *command], env=env, capture_output=True, text=True, timeout=120, check=False)


def test_the_check_for_deployment_finds_nothing(tmp_path: Path) -> None:
    done = _run(
        tmp_path,
        "-m",
        "django",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        ZGODA_URL="https://desk.polana.example",
    )
    assert done.returncode == 0, done.stderr
    assert "0 silenced" in done.stdout


def test_behind_tls_cookies_are_secure_and_only_a_named_proxy_is_believed(tmp_path: Path) -> None:
    done = _run(tmp_path, "-c", SHOWN, ZGODA_URL="https://desk.polana.example")
    told = json.loads(done.stdout)
    assert told["SESSION_COOKIE_SECURE"] == told["CSRF_COOKIE_SECURE"] == told["SECURE_SSL_REDIRECT"] == "True"
    assert told["SECURE_PROXY_SSL_HEADER"] == "None"
    assert told["USE_X_FORWARDED_HOST"] == told["DEBUG"] == "False"
    assert "*" not in told["ALLOWED_HOSTS"]
    assert told["CSRF_TRUSTED_ORIGINS"] == "['https://desk.polana.example']"
    assert int(told["SECURE_HSTS_SECONDS"]) >= 31_536_000

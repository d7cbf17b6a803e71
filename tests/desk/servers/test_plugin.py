"""Tests run on the database that was asked for, in a home folder of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk.servers.postgres_found import carried, installed

ROOT = Path(__file__).resolve().parents[3]
SETTINGS = """
import os, dj_database_url
DATABASES = {"default": dj_database_url.parse(os.environ.get("DATABASE_URL") or "sqlite:///rows")}
SECRET_KEY, INSTALLED_APPS, USE_TZ = "x", [], True
"""
TESTS = """
import os, pathlib, pytest
from django.db import connection

@pytest.mark.django_db
def test_rows():
    assert connection.vendor == os.environ["EXPECTED"]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE rows_of_this_process (id integer)")

def test_fixture(db):
    pass

def test_home():
    home = pathlib.Path(os.environ["ZGODA_HOME"])
    assert (home.parent if "PYTEST_XDIST_WORKER" in os.environ else home).name.startswith("zgoda-tests-")
"""


def run(folder, *arguments, **more):
    (folder / "mini.py").write_text(SETTINGS, encoding="utf-8")
    (folder / "test_mini.py").write_text(TESTS, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nDJANGO_SETTINGS_MODULE = mini\n", encoding="utf-8")
    clean = {
        name: value for name, value in os.environ.items() if "PYTEST" not in name and not name.startswith("DJANGO")
    }
    command = [sys.executable, "-m", "pytest", "-p", "tests.desk.servers.plugin", *arguments]
    environment = {**clean, "PYTHONPATH": str(ROOT), "DATABASE_URL": "postgres://nobody@127.0.0.1:1/real", **more}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_sqlite_is_usual_and_the_database_of_the_environment_is_left_alone(tmp_path):
    assert "3 passed" in run(tmp_path, EXPECTED="sqlite", ZGODA_TEST_DATABASE="")


@pytest.mark.skipif(not (installed() or carried()), reason="no PostgreSQL here")
def test_postgres_is_started_once_for_all_workers_before_the_settings_are_read(tmp_path):
    told = run(tmp_path, "-n", "2", EXPECTED="postgresql", ZGODA_TEST_DATABASE="postgres")
    assert "3 passed" in told
    assert told.count("database: PostgreSQL") == 1


def test_tests_that_touch_the_database_can_be_chosen(tmp_path):
    assert "2 passed, 1 deselected" in run(tmp_path, "-m", "database", EXPECTED="sqlite", ZGODA_TEST_DATABASE="sqlite")


def test_unknown_database_is_refused(tmp_path):
    assert "say sqlite or postgres" in run(tmp_path, ZGODA_TEST_DATABASE="oracle")


def test_missing_browser_tests_are_told(tmp_path):
    told = run(tmp_path, "-k", "home", ZGODA_TEST_DATABASE="", ZGODA_NO_BROWSER="1")
    assert "ZGODA_NO_BROWSER is set: no test ran in a browser" in told

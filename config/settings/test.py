"""Settings of the test suite: the same database engine, quick password hashes, no lock-out."""

import os

from config import env

os.environ.setdefault("HIENTAI_TEST_LANE", "")  # go.py runs kinds of tests side by side
os.environ["HIENTAI_HOME"] = str(env.PROJECT / "var" / ("test" + os.environ["HIENTAI_TEST_LANE"]))

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, STATIC_ROOT

SECRET_KEY = "tests only"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
ALLOWED_HOSTS = ["*"]
DATABASES["default"].setdefault("TEST", {})["NAME"] = "test_hientai" + os.environ["HIENTAI_TEST_LANE"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns about a missing folder

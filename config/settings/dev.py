"""Settings of a developer's machine and of the demo."""

from config.settings.base import *  # noqa: F403
from config.settings.base import ENVIRONMENT, TEMPLATES

DEBUG = ENVIRONMENT.debug
if DEBUG:
    TEMPLATES[0]["OPTIONS"]["loaders"] = [
        ("template_partials.loader.Loader", TEMPLATES[0]["OPTIONS"]["loaders"][0][1][0][1])
    ]
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }

"""Loaded before everything else (`-p tests.environment`): tests never touch a real installation."""

import os
import tempfile

os.environ["MUTABAA_HOME"] = tempfile.mkdtemp(prefix="mutabaa-test-")
os.environ["MUTABAA_MAIL_HOST"] = ""
os.environ.pop("MUTABAA_DEBUG", None)

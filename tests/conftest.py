"""The world that tests start from: an installation, two institutions, people of every role. See `world.py`."""

import os
import tempfile

os.environ.setdefault("MUTABAA_HOME", tempfile.mkdtemp(prefix="mutabaa-test-"))
os.environ["MUTABAA_MAIL_HOST"] = ""

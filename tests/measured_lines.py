"""A plugin of pytest for `python3 run.py test --coverage`: slipcover's own work, done less often in the workers.

They take no setting of the command (slipcover 1.1), and its own plugin has made what measures by now.
"""

from slipcover import pytest_plugin

from portal.launch.testing import USELESS_REPORTS

if pytest_plugin._slipcover_instance:
    pytest_plugin._slipcover_instance.d_miss_threshold = USELESS_REPORTS

"""Makes reports in a process of their own, so that a running dialogue does not wait for them."""

import sys

from exports.command_line import main

sys.exit(main(sys.argv[1:]))

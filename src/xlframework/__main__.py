import sys

from xlframework.cli import main

sys.exit(main())

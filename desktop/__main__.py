"""`python -m desktop`: the command line, which opens the window if it is asked nothing else."""

import sys

from desktop.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`python -m desktop`: the command line, which opens the window if it is asked nothing else."""

import sys

from desktop.system import garbage, platform_windows

if __name__ == "__main__":
    garbage.put_off()
    if platform_windows.too_old():
        sys.exit(3)
    running = platform_windows.say_running()
    from desktop.cli import main

    sys.exit(main(sys.argv[1:]))

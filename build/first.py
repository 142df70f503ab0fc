"""What the packaged program does before all else: PyInstaller's own hooks load Qt before the program's first line."""

from desktop.system import garbage

garbage.put_off()

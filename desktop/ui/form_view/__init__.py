"""An official form as it will be printed, to be typed into: where its cells lie, how they look and are used."""

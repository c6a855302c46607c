"""Standards that are read and written, one file each; a module offers `PROFILE`."""

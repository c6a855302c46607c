"""Forms of single portals, read only, one file each; a module offers `READER`."""

"""The steps of the wizard that are plain forms, one file each; a module offers `STEP`."""

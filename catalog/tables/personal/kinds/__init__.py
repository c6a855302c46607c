"""Kinds of personal numbers and addresses, one file each; a module offers `KINDS`."""

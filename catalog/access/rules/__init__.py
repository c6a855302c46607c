"""Access rules, one file each; a module offers `RULE`."""

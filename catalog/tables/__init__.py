"""Tables: found in files of many kinds, read in a limited child process, validated by Frictionless."""

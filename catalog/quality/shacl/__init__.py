"""Whether datasets keep the shapes of DCAT-AP, tried out one by one in a limited child process."""

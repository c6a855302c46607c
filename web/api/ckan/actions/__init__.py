"""Actions of CKAN that are offered, one file each with its ACTION."""

"""What a dataset is: frozen records with DCAT names, the forms that read them and the standards they are written in."""

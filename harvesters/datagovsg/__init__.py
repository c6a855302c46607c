"""How data.gov.sg is read: its v2 API and its older form."""

"""Engines behind the ports; only `catalog/bootstrap.py` names them."""

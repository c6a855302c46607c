"""Marshmallow forms: text in, frozen records out, every Problem at once; shared by web form, API, harvest and store."""

from schemas.forms.dataset import canonical, dump_agency, dump_dataset, load_agency, load_dataset

__all__ = ["canonical", "dump_agency", "dump_dataset", "load_agency", "load_dataset"]

"""Paging of a catalogue in Hydra: one node of both classes, because consumers look for different ones."""

from schemas.profiles.base import CatalogPage
from schemas.profiles.rdf.graph import Graph, link, typed


def write_paging(graph: Graph, catalog: str, page: CatalogPage) -> None:
    """Write the view of this page: IRIs with the filters kept, no next on the last page, no previous on the first."""
    view, last = page_url(page, page.page), max(page.pages, 1)
    graph.add(catalog, "hydra:view", link(view))
    graph.type(view, "hydra:PartialCollectionView", "hydra:PagedCollection")
    steps = {"first": 1, "previous": page.page - 1, "next": page.page + 1, "last": last}
    for step, number in steps.items():
        if 1 <= number <= last:
            graph.add(view, f"hydra:{step}", link(page_url(page, number)))
            graph.add(view, f"hydra:{step}Page", link(page_url(page, number)))
    graph.add(view, "hydra:totalItems", typed(str(page.total), "xsd:integer"))
    graph.add(view, "hydra:itemsPerPage", typed(str(page.per_page), "xsd:integer"))


def page_url(page: CatalogPage, number: int) -> str:
    """Return the address of a page with the filters of this one."""
    return f"{page.self_url}{'&' if '?' in page.self_url else '?'}page={number}"

"""What programs fetch beside the JSON API: exports, catalogue dumps, feeds, sitemaps, files, health."""

from flask import Blueprint

from web.machines import (
    catalogs,
    croissant,
    descriptions,
    downloads,
    exports,
    feeds,
    health,
    links,
    selections,
    sitemap,
    tus,
    versions,
)
from web.machines.quality import blueprint as quality

blueprints: tuple[Blueprint, ...] = tuple(
    module.blueprint
    for module in (
        catalogs, croissant, descriptions, downloads, exports, feeds, health, links, selections, sitemap, tus, versions,
    )
)  # fmt: skip

blueprints += (quality,)

"""What programs fetch beside the JSON API: exports, catalogue dumps, feeds, sitemaps, files, health."""

from flask import Blueprint

from web.machines import catalogs, croissant, downloads, exports, feeds, health, sitemap, versions

blueprints: tuple[Blueprint, ...] = tuple(
    module.blueprint for module in (catalogs, croissant, downloads, exports, feeds, health, sitemap, versions)
)

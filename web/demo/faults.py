"""What is wrong in the demo portals on purpose; a test keeps this table true.

| portal | dataset | file or part | what is wrong |
|---|---|---|---|
| ckan | (no name) | record | no title: a Problem on the run, nothing published |
| ckan | household-recycling | recycling.csv | words for a number (2), row too short, row too long, a row twice, an empty ward |
| ckan | council-spending-over-500 | spending.csv | two title lines above the header; Windows-1252 declared as UTF-8 |
| ckan | twin-city-districts | twin-city.csv | Windows-1251, semicolons, decimal commas (declared as they are) |
| ckan | planning-applications | register, decisions.csv | pages given as CSV, the second without saying so |
| ckan | river-levels | river-levels-archive.csv | broken link (404) |
| ckan | public-toilets | record | no licence |
| ckan | energy-use-of-buildings | meters.csv | link to an address on the portal's own machine, refused by the address guard |
| datagovsg | Weekly Dengue Cases by Planning Area | CSV | words for a number, row too short, row too long, a row twice |
| datagovsg | Water Levels of Reservoirs | CSV | missing readings written as `na` (declared by the portal's custom) |
| dmi | metObs/observer | items | personal identifiers: Danish CPR numbers, all invalid by checksum |
| dmi | oceanObs/station | items | stations repeat, one row for each period of validity |
| aihub | 90101 to 90109 | all | for residents only: no download without an approval |
| aihub | 90199 | record | listed, but without file tree: a Problem on the run |
| egovkz | turgyn_ui_kezegi | rows | personal identifiers: 12-digit IINs, all invalid by checksum |
| egovkz | aurukhanalar_tosek | rows | words for a number (2), a key twice |
| egovkz | qaldyq_turleri_7 | passport | declares `id` as a whole number, rows say `Id` and hold text that repeats |
| egovkz | baspana_oryndary | rows | an empty data list |
| egovkz | gp_od_kyzmet_9 | record | the agency's server fails: a Problem on the run |
"""

UNPUBLISHED = {"ckan": 1, "datagovsg": 0, "dmi": 0, "aihub": 1, "egovkz": 1}
"""Records of each portal that end as Problems."""

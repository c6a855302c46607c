"""Words of the catalogue that pages show by code: states, refusals, severities, notices; all of them are translated."""

from catalog.search import grammar, limits


def N_(words: str) -> str:
    """Mark words for translation; they are translated when shown."""
    return words


RUN_STATES = {
    "running": N_("running"),
    "complete": N_("complete"),
    "incomplete": N_("incomplete: nothing was removed"),
    "held": N_("held: waits for a steward"),
}
STATES = {
    "draft": N_("draft"),
    "held": N_("held: waits for a person"),
    "published": N_("published"),
    "withdrawn": N_("withdrawn"),
}
FILE_STATES = {
    "wanted": N_("waits to be fetched"),
    "stored": N_("held here"),
    "linked": N_("stays at the source"),
    "held": N_("held back: not cleared of personal data"),
    "failed": N_("could not be fetched"),
}
TABLE_PROBLEMS = {
    "password": N_("The workbook is protected by a password, so its table cannot be shown."),
    "web-page": N_("Behind the address there is a web page instead of a table."),
    "empty-file": N_("The file is empty."),
    "broken-file": N_("The file is damaged, so its table cannot be shown."),
    "bomb": N_("The archive unpacks to far more than it should, so it was not opened."),
    "no-table": N_("Files of this format hold no table that can be shown."),
    "not-a-table": N_("No table was found in the file."),
    "unreadable": N_("The file could not be read as a table."),
    "schema-error": N_("The description of the columns is wrong, so the table was not read."),
    "too-slow": N_("Reading the file took too long and was stopped."),
    "too-much-memory": N_("Reading the file took too much memory and was stopped."),
    "crashed": N_("The program that reads tables failed on this file."),
    "lost": N_("The stored copy of the file is gone."),
    "held": N_("This file is held back by its agency until it was checked for personal data."),
    "taken-down": N_("This file was taken down."),
    "personal-data": N_("Personal data seem to stand in this file, so only its agency may have it."),
    "not-scanned": N_("This file could not be looked through for personal data, so only its agency may have it."),
}
PROBLEMS = {
    "too-long": N_("This text is too long: at most 100,000 characters are taken."),
    "not-a-name": N_("A name has 2 to 100 characters of a–z, 0–9, _ and -, and is not reserved."),
    "name-taken": N_("There is a dataset of that name already; choose another name."),
    "name-kept": N_("A published dataset keeps its name, so that links go on leading to it."),
    "out-of-range": N_("This value is out of range."),
    "wrong-type": N_("This value has the wrong type."),
    "unknown-format": N_("Files of this format are not taken here; save the data as CSV, XLSX, ODS, JSON, GeoJSON or Parquet."),
    "wrong-format": N_("The file does not hold what its name says; save it again in the format of its name."),
    "bad-file-name": N_("The name of this file cannot be used (control characters, empty or too long); rename it and try again."),
    "test-title": N_("The title looks like that of a test; say what the data are about, or discard the draft."),
    "file-waiting": N_("A file is still being checked; this takes some moments."),
    "personal-data": N_("Personal data seem to stand in a file: remove or mask these columns, or ask to let it pass."),
    "not-scanned": N_("A file could not be looked through for personal data: give it in a form that can be read, such as CSV."),
    "table-errors": N_("A file has rows with errors; see them and correct the file or its columns."),
    "bad-pattern": N_("This pattern is no regular expression; write one such as [A-Z]{2}[0-9]{4}."),
    "too-large": N_("The file is larger than is taken here; split it, or link to it where it is."),
    "conflict": N_("Somebody else changed this draft meanwhile; look at it as it is now and repeat your change."),
}
"""Problems of drafts by code, for those whose sentence holds names and numbers."""
SHAPES = {"Point": N_("points:"), "LineString": N_("lines:"), "Polygon": N_("areas:")}
SEVERITIES = {"error": N_("error"), "warning": N_("warning"), "notice": N_("notice")}
COUNTS = {
    "seen": N_("Seen"),
    "added": N_("Added"),
    "changed": N_("Changed"),
    "unchanged": N_("Unchanged"),
    "failed": N_("Failed"),
    "missing": N_("Missing"),
    "withdrawn": N_("Withdrawn"),
    "files_stored": N_("Files fetched"),
    "files_failed": N_("Files failed"),
    "tables_valid": N_("Valid tables"),
    "tables_invalid": N_("Tables with errors"),
}
ACCESS = {
    "registered": N_("The files are for signed-in users; sign in to have them."),
    "residents": N_("The files are for residents whose residency an identity provider has verified."),
    "on-request": N_("The files are given on request; the agency decides who may have them."),
    "closed": N_("The files are not given out; only their description is public."),
    "embargo": N_("The files are not released yet; the date is stated below."),
    "expired": N_("The files were given out for a time that is over; ask the agency for newer ones."),
    "audience": N_("The files are for certain recipients only, stated below."),
    "purpose": N_("The files are for certain purposes only; say what you need them for."),
    "unknown-term": N_("The files have a term that only their agency can check; ask it for them."),
    "grant-over": N_(
        "Your access to these files has ended, was revoked or was used as often as agreed; ask again if you need them."
    ),
    "grant-versions": N_(
        "Your access is for other versions of these files; your grant names them. Ask again if you need this one."
    ),
    "grant-purpose": N_("Your access is for another purpose than the one that you state; your agreement names it."),
    "scope": N_("The token that you showed may not download files; make one that may."),
}
REQUEST_STATES = {
    "unconfirmed": N_("waits for the agency on whose behalf it is"),
    "pending": N_("waits for the agency"),
    "asked-back": N_("the agency asks for more"),
    "approved": N_("approved"),
    "refused": N_("refused"),
    "withdrawn": N_("taken back"),
    "revoked": N_("approved, then revoked"),
    "expired": N_("approved, and over since"),
    "left": N_("approved, but only for members of the agency"),
    "used-up": N_("approved, and used as often as agreed"),
    "reminded": N_("reminded that an answer is due"),
    "escalated": N_("not answered in time; the stewards of the site were told"),
}
REQUEST_PROBLEMS = {
    "purpose": N_("Say in 30 to 4,000 characters what the files are for."),
    "organisation": N_("Name your organisation, or write: private."),
    "until": N_("Give a day from today on, within five years, such as 2027-06-30."),
    "kind": N_("Choose the kind of use."),
    "terms": N_("Read and accept the terms as they are now, or the agency cannot decide."),
    "versions": N_("Choose the versions: all, the present one, or from a number to another that is not smaller."),
    "behalf": N_("Ask for yourself, a company, or an agency that you work for."),
    "legitimate": N_("Say in 30 to 2,000 characters which task, law or contract the data are needed for."),
    "officer": N_("Name the officer who authorises this, with the office, in 5 to 300 characters."),
    "measures": N_("Choose at least one measure of protection."),
    "protection": N_("Say in 30 to 2,000 characters where the data are kept, who has access, and when they are deleted."),
    "satisfied": N_("Say of each safeguard that it is satisfied, or refuse, or ask back."),
    "words": N_("Write an answer."),
    "because": N_("Write the reason in at most 200 characters (a question: 2,000); the person who asked reads it."),
}
WANTED_STATES = {
    "open": N_("waits for an answer"),
    "promised": N_("promised"),
    "published": N_("published"),
    "refused": N_("refused"),
    "withdrawn": N_("taken back"),
    "late": N_("overdue"),
}
WANTED_ORDERS = {"votes": N_("Most votes first"), "newest": N_("Newest first"), "changed": N_("Last changed first")}
WANTED_PROBLEMS = {
    "many": N_("You may ask 5 times a day, and 30 of your requests may wait: ask again tomorrow, or take one back."),
    "title": N_("Name the data in a title of 10 to 150 characters."),
    "purpose": N_("Say in 30 to 2,000 characters what you need the data for."),
    "description": N_("Describe the data in at most 4,000 characters."),
    "agency": N_("Choose an agency of the list."),
    "language": N_("Choose the language in which you wrote."),
    "due": N_("Give a day from today on, within two years, such as 2027-06-30."),
    "dataset": N_("Give the name or the address of a public dataset."),
    "ground": N_("Choose the ground of the refusal."),
    "answer": N_("Say in a sentence why, in at most 1,000 characters."),
    "because": N_("Write the reason in at most 200 characters; the person who asked reads it."),
}
MEASURES = {
    "storage-place": N_("The storage place is known and in the country"),
    "encryption": N_("Stored and sent encrypted"),
    "access-list": N_("A list of the persons who have access"),
    "access-log": N_("Access is logged"),
    "deletion-date": N_("Deleted on an agreed date"),
    "no-transfer": N_("Not passed on to others"),
}
PURPOSES = {
    "research": N_("Research"),
    "statistics": N_("Statistics"),
    "education": N_("Education"),
    "public-service": N_("Public services"),
    "train": N_("Training of models"),
    "commercial": N_("Commercial use"),
}
SCORES = {"mqa": N_("Metadata"), "data": N_("Data")}
DIMENSIONS = {
    "findability": N_("Findability"),
    "accessibility": N_("Accessibility of files"),
    "interoperability": N_("Interoperability"),
    "reusability": N_("Reusability"),
    "contextuality": N_("Contextuality"),
    "validity": N_("Validity"),
    "freshness": N_("Freshness"),
    "links": N_("Links"),
    "fixity": N_("Stored bytes"),
    "privacy": N_("Personal data"),
    "readiness": N_("Readiness for machine learning"),
}
REMARKS = {"stop": N_("stops publication"), "warn": N_("worth a look"), "gain": N_("brings points")}
STATUSES = {
    "pass": N_("passed"),
    "fail": N_("to fix"),
    "unknown": N_("not known"),
    "not-applicable": N_("does not apply"),
}
DUTIES = {
    "attribute": N_("Name the source"),
    "no-redistribution": N_("Do not pass the files on"),
    "delete-after": N_("Delete the files after the project"),
}
FACETS = {
    "agency": N_("Agency"),
    "theme": N_("Theme"),
    "format": N_("Format"),
    "licence": N_("Licence"),
    "access": N_("Access"),
    "quality": N_("Quality"),
    "language": N_("Language"),
    "year": N_("Year of update"),
    "source": N_("Source"),
    "modified": N_("Updated"),
    "published": N_("Published"),
    "rows": N_("Rows"),
    "files": N_("Files"),
    "bbox": N_("Place"),
}
SIDES = {"west": N_("West"), "south": N_("South"), "east": N_("East"), "north": N_("North")}
LIMITS = {
    limits.BAD_DATE: N_("Give a year, a month or a day, such as 2024, 2024-05 or 2024-05-31."),
    limits.BAD_COUNT: N_("Give a whole number, such as 1000."),
    limits.BAD_ORDER: N_("The beginning is after the end; change one of them."),
    limits.BAD_BOX: N_(
        "Give all four sides of the box in degrees, west and east from -180 to 180, south and north from -90 to 90."
    ),
}
SORTS = {"relevance": N_("Relevance"), "modified": N_("Newest first"), "title": N_("Title")}
ROLES = {
    "creator": N_("creator"),
    "collector": N_("collector"),
    "labeller": N_("labeller"),
    "checker": N_("checker"),
    "distributor": N_("distributor"),
    "publisher": N_("publisher"),
}
SCOPES = {
    "dataset:read": N_("see what you may see"),
    "dataset:download": N_("download what you may download"),
    "dataset:edit": N_("write drafts"),
    "dataset:publish": N_("publish"),
    "dataset:review": N_("review"),
    "dataset:withdraw": N_("withdraw datasets"),
    "agency:manage": N_("manage members of your agency"),
    "audit:read": N_("read the audit log"),
}
ACCOUNT_ROLES = {
    "member": N_("member"),
    "editor": N_("editor"),
    "publisher": N_("publisher"),
    "administrator": N_("administrator"),
    "steward": N_("steward of the site"),
    "auditor": N_("auditor of the site"),
}
NOTICES = {
    grammar.TOO_LONG: N_("The query was cut to 256 characters."),
    grammar.TOO_MANY_TERMS: N_("Only the first 16 words were searched for."),
    grammar.SHORT_PREFIX: N_(
        "A word with a star needs at least three letters before it; it was searched for as a whole word."
    ),
    grammar.ONLY_EXCLUDED: N_("Words to leave out need at least one word or filter to search for; they were ignored."),
}
ONLY_IN = {
    "kk": N_("only in Kazakh"),
    "ru": N_("only in Russian"),
    "en": N_("only in English"),
    "ko": N_("only in Korean"),
    "da": N_("only in Danish"),
    "de": N_("only in German"),
    "fr": N_("only in French"),
    "es": N_("only in Spanish"),
    "it": N_("only in Italian"),
    "zh": N_("only in Chinese"),
    "uk": N_("only in Ukrainian"),
    "uz": N_("only in Uzbek"),
}
"""The tag beside a text that exists in one other language only; other languages show no words, only `lang`."""
ERRORS = {
    400: (N_("The request has something wrong in it"), N_("Correct what is named below and try again.")),
    401: (N_("You are not signed in"), N_("Sign in, or show a token that holds, and try again.")),
    403: (N_("This is not open to you"), N_("You may read the description of the dataset, but not do this.")),
    404: (N_("There is no such page"), N_("The address may be mistyped or out of date. Search for what you need.")),
    405: (N_("This page cannot be used that way"), N_("Go back and use the links and buttons of the page.")),
    409: (N_("Somebody else changed this meanwhile"), N_("Load the page again and repeat your change.")),
    410: (N_("This dataset was withdrawn"), N_("Its address stays reserved, and its description is kept here.")),
    412: (N_("Somebody else changed this meanwhile"), N_("Load the page again and repeat your change.")),
    413: (N_("What you sent is too large"), N_("Send less at once; the limit is stated below.")),
    416: (N_("This part of the file does not exist"), N_("Ask for a range within the size of the file.")),
    422: (N_("The request has something wrong in it"), N_("Correct what is named below and try again.")),
    429: (N_("Too many requests"), N_("Wait a little, then try again.")),
    500: (N_("Something went wrong here"), N_("It was recorded. Try again in a few minutes.")),
    507: (N_("There is no room for this just now"), N_("Nothing was changed. Try again later.")),
    503: (N_("The service is not available just now"), N_("It will be back soon. Try again in a few minutes.")),
}

"""The types of public pages, by the names that prepare.py gives a path for."""

PAGE_TYPES = (
    "home",
    "methods with a filter",
    "method",
    "projects",
    "project",
    "webinars",
    "recording with transcript",
    "recording on YouTube",
    "recording not found",
    "topics",
    "topic",
    "cities",
    "organisation",
    "dossiers",
    "dossier",
<<<<<<< HEAD
    "changes",
=======
    "form for questions",
    "how to reach the city",
>>>>>>> part-k
    "about",
    "accessibility",
    "privacy",
    "search with results",
    "search without results",
    "empty search",
    "not found",
    "gone",
)

"""Vacancies for programs: feeds of any search, the map of the site, the search as USAJOBS shapes it."""

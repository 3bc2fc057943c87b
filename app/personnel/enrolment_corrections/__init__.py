"""Corrections of enrolments that one officer proposes and another decides on."""

"""Exam plans sealed at the announcement, and the marks of components that are given outside the sheets."""

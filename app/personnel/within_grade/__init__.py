"""Increases within the grade: computed from service, granted or denied on performance."""

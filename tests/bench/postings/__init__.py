"""The search of vacancies at full size."""

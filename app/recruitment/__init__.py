"""From a vacancy to the people who may be examined for it."""

"""Days of examinations and closings as calendars that people subscribe to."""

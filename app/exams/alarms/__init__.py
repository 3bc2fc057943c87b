"""Alarms: signs that answers were mixed up, which a named officer has to clear before a list is made."""

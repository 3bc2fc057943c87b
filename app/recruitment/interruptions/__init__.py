"""Interruptions of intake, and the clock-stop rule that moves a closing because of one."""

"""How an employee is reached at home, and who is told in an emergency."""

"""What objecting to a key may cost: paid, waived, and given back when the objection is upheld."""

"""Adverse impact: whether groups passed the stages of an examination alike, small groups hidden."""

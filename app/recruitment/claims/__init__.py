"""Claims to preference: made with evidence by the applicant, verified or refused by an officer."""

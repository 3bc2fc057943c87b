"""Extensions: a longer life of a certificate, proposed by one officer and granted by another."""

"""Rules about returns: one id, one function, run over a return and what it is checked against."""

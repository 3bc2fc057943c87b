"""Who came: marked by whom, when and how, with corrections and doubts about identity."""
